-- Requests whose states and moves are data. What everything generic needs of a state (clocks, Open311's open and closed,
-- lists) is its kind. A request names who is responsible, counts its versions so that two officers at once are noticed, and
-- carries what its clock needs. Citizens may follow somebody else's request; whoever is to be told stands in a queue.

alter table service_requests
  drop constraint service_requests_status_check,
  add column kind text not null default 'open' check (kind in ('open', 'working', 'waiting', 'closed')),
  -- When the present state was entered.
  add column entered_at timestamptz,
  add column version int not null default 1,
  -- Responsible: a department, and the post in it. Null until somebody is found (requests of before this table's version).
  add column department text,
  add column post text,
  -- The fall-back queue has decided where it belongs: it is sent away no more.
  add column settled boolean not null default false,
  -- Reference of the request that stands for this one too.
  add column duplicate_of text,
  -- When the citizen is to be reminded, or what waits for an answer ends.
  add column remind_at timestamptz,
  add column reminders smallint not null default 0,
  -- The clock's: 1 is the most urgent.
  add column priority smallint not null default 3 check (priority between 1 and 5),
  add column due_at timestamptz,
  add column paused_at timestamptz,
  add column escalation_level smallint not null default 0;

update service_requests set entered_at = coalesce(closed_at, updated_at), due_at = expected_at,
  kind = case status when 'open' then 'open' when 'in_progress' then 'working' when 'on_hold' then 'waiting' else 'closed' end;
update service_requests set closed_at = case when kind = 'closed' then coalesce(closed_at, updated_at) end;
alter table service_requests
  alter column kind drop default,
  alter column entered_at set not null,
  add constraint service_requests_closed check ((kind = 'closed') = (closed_at is not null)),
  set (fillfactor = 80);

-- Ids grow with time, so the primary key lists a citizen's requests in order. The indexes below name nothing that an ordinary
-- move changes: such an update stays on its page.
drop index service_requests_latest;
drop index service_requests_open;
create index service_requests_worklist on service_requests (organization_id, department, area, due_at) where closed_at is null;
create index service_requests_places on service_requests (organization_id, service_code, latitude)
  where closed_at is null and latitude is not null;
create index service_requests_created on service_requests (organization_id, created_at);
create index service_requests_reminders on service_requests (remind_at) where remind_at is not null;

-- One kind of event for every move: which one it was, and the state that it led to.
alter table service_request_events
  drop constraint service_request_events_type_check,
  drop constraint service_request_events_pkey,
  add column move text,
  add column state text,
  -- The post that the officer held.
  add column post text,
  -- What else is known of it: evidence, reasons of a rating, from where and to where.
  add column details jsonb;
update service_request_events set
  move = case type when 'work_started' then 'start' when 'put_on_hold' then 'hold' when 'service_request_closed' then 'close'
    else 'reopen' end,
  state = case type when 'work_started' then 'in_progress' when 'put_on_hold' then 'on_hold'
    when 'service_request_closed' then 'closed' else 'open' end,
  type = 'service_request_moved'
  where type in ('work_started', 'put_on_hold', 'service_request_closed', 'service_request_reopened');
update service_request_events set state = 'open' where type = 'service_request_opened';
alter table service_request_events add primary key (organization_id, contact_id, request_id, id);
drop index service_request_events_history;

-- Citizens besides the one who asked ("+1"): they hear of every step. contact_id is the one who asked.
create table service_request_followers (
  organization_id int not null,
  contact_id uuid not null,
  request_id uuid not null,
  follower_id uuid not null,
  channel_id int,
  language text not null,
  followed_at timestamptz not null,
  primary key (organization_id, contact_id, request_id, follower_id)
);
create index service_request_followers_own on service_request_followers (organization_id, follower_id, followed_at desc);

-- Who is still to be told of what: written with the event, taken when it is told. A citizen by contact, an officer by phone.
create table service_request_notices (
  organization_id int not null,
  id uuid not null,
  contact_id uuid,
  channel_id int,
  phone text,
  flow text not null,
  inputs jsonb not null,
  primary key (organization_id, id),
  check ((contact_id is null) <> (phone is null))
);
