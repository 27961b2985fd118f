-- Tickets are worked: an officer takes one, the bot is silent then, notes are kept beside it, and it is closed with what came of it.

alter table tickets
  add column assignee_id uuid references officers (id) on delete set null,
  add column assigned_at timestamptz,
  -- Counts changes, so that two officers at once are noticed.
  add column version int not null default 1,
  -- When an officer wrote last: whoever wrote later waits for an answer.
  add column answered_at timestamptz,
  add column outcome text check (outcome in ('solved', 'handed_over', 'unreachable', 'no_concern')),
  add column closed_by uuid;
create index tickets_of_assignee on tickets (organization_id, assignee_id, opened_at) where closed_at is null;
create index tickets_closed on tickets (organization_id, closed_at desc, id desc) where closed_at is not null;

create table ticket_notes (
  organization_id int not null,
  ticket_id uuid not null,
  id uuid not null,
  officer_id uuid not null,
  text text not null,
  written_at timestamptz not null,
  primary key (organization_id, ticket_id, id)
);
