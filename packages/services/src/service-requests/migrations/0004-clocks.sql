-- Clocks of requests. What a clock shows is not stored: it follows from when it started, when it stood still, and the pack's
-- calendars. Stored is what has been done because of it, and when it is to be looked at again.

alter table service_requests
  -- Null for requests of before clocks: nothing is done to them.
  add column clock_started_at timestamptz,
  -- [["2026-11-22T09:00:00.000Z", null], ...]: from, and to or null while it lasts.
  add column clock_pauses jsonb not null default '[]',
  add column clock_stage text not null default 'running' check (clock_stage in ('running', 'approaching', 'due', 'breached')),
  add column clock_at timestamptz;
create index service_requests_clocks on service_requests (clock_at) where clock_at is not null;

-- By which rules the dates of an organization's open requests were last worked out. When a calendar or a policy changes, they
-- are worked out again in batches: what comes next stands here, so that a restart goes on where it was.
create table service_request_clock_rules (
  organization_id int primary key,
  fingerprint text not null,
  -- What is being worked out now, and the request that was done last; null when nothing is.
  next_fingerprint text,
  done_contact_id uuid,
  done_id uuid
);
