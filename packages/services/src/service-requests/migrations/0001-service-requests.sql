-- Service requests (Open311's word for complaints and asks), their history and what citizens attached to them. Every key
-- begins with (organization_id, contact_id); the one exception maps a reference to its owner, and is keyed by it.

create table service_requests (
  organization_id int not null,
  contact_id uuid not null,
  id uuid not null,
  reference text not null,
  service_code text not null,
  -- Derived from service_request_events and kept here to be read at once.
  status text not null check (status in ('open', 'in_progress', 'on_hold', 'closed')),
  description text not null,
  area text,
  latitude double precision,
  longitude double precision,
  address text,
  channel_id int,
  -- The language in which the citizen asked: later messages use it.
  language text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expected_at timestamptz,
  closed_at timestamptz,
  reopened_count int not null default 0,
  rating smallint check (rating between 1 and 5),
  primary key (organization_id, contact_id, id)
) with (fillfactor = 90);
create index service_requests_latest on service_requests (organization_id, contact_id, created_at desc);
create index service_requests_open on service_requests (organization_id, area, expected_at) where status <> 'closed';

-- Reserves a reference for one request, whoever its citizen is.
create table service_request_references (
  organization_id int not null,
  reference text not null,
  contact_id uuid not null,
  request_id uuid not null,
  primary key (organization_id, reference)
);
create index service_request_references_contact on service_request_references (organization_id, contact_id);

-- What happened, in the past tense; never changed.
create table service_request_events (
  organization_id int not null,
  contact_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  type text not null check (type in ('service_request_opened', 'work_started', 'put_on_hold', 'note_added', 'attachment_added',
    'service_request_closed', 'service_request_reopened', 'service_request_rated')),
  -- "citizen", or the officer's id.
  actor text not null,
  note text,
  rating smallint,
  happened_at timestamptz not null,
  primary key (organization_id, contact_id, id)
);
create index service_request_events_history on service_request_events (organization_id, contact_id, request_id, happened_at);

-- The citizen's messages that belong to a request; the files' hashes are in message_files.
create table service_request_attachments (
  organization_id int not null,
  contact_id uuid not null,
  request_id uuid not null,
  message_id uuid not null,
  attached_at timestamptz not null,
  primary key (organization_id, contact_id, request_id, message_id)
);
