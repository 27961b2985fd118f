-- What citizens asked to be reminded of, long after the conversation is over: a flow of the pack is opened for them then.
create table reminders (
  organization_id int not null,
  contact_id uuid not null,
  -- What it is about, as the flow calls it: a later one of the same name takes the place of an earlier one.
  name text not null,
  due_at timestamptz not null,
  flow text not null,
  inputs jsonb not null,
  channel_id int,
  primary key (organization_id, contact_id, name)
);
create index reminders_due on reminders (due_at);
