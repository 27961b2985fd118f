-- Updates that others have told us of, by their own ids: one that comes again changes nothing.
create table open311_updates (
  organization_id int not null,
  contact_id uuid not null,
  request_id uuid not null,
  -- Who told it: a client's key, or a department's system.
  source text not null,
  update_id text not null,
  event_id uuid not null,
  primary key (organization_id, contact_id, request_id, source, update_id)
);

-- Requests of departments that run an Open311 server of their own: written with the request, worked until they are linked.
create table open311_forwards (
  organization_id int not null,
  contact_id uuid not null,
  request_id uuid not null,
  -- Host of the department's server.
  system text not null,
  -- due: nothing has left; asked: an answer is open, it may be there already; token: its id is asked for by the token;
  -- linked: it is there; ended: given up, or refused.
  state text not null check (state in ('due', 'asked', 'token', 'linked', 'ended')),
  attempts int not null default 0,
  due_at timestamptz,
  asked_at timestamptz,
  token text,
  foreign_id text,
  -- Code of what went wrong last.
  problem text,
  primary key (organization_id, contact_id, request_id)
);
create index open311_forwards_due on open311_forwards (due_at) where due_at is not null;
create index open311_forwards_foreign on open311_forwards (organization_id, system, foreign_id) where foreign_id is not null;

-- Until when a department's updates are known here.
create table open311_polls (
  organization_id int not null,
  system text not null,
  known_until timestamptz not null,
  due_at timestamptz not null,
  primary key (organization_id, system)
);
