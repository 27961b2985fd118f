-- Open311: clients with their keys, and what came with a request that the request itself has no place for.

create table open311_keys (
  organization_id int not null,
  id text not null,
  -- SHA-256 of the key, which is 256 random bits and kept nowhere.
  key_hash bytea not null unique,
  name text not null,
  scopes text[] not null,
  per_minute int not null check (per_minute > 0),
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organization_id, id)
);

-- A request that came by Open311. The token is told where a service answers with one, and names the request forever.
create table open311_requests (
  organization_id int not null,
  contact_id uuid not null,
  request_id uuid not null,
  token uuid not null,
  key_id text not null,
  device_id text,
  account_id text,
  email text,
  first_name text,
  last_name text,
  phone text,
  address_id text,
  media_url text,
  attributes jsonb not null,
  primary key (organization_id, contact_id, request_id)
);
create unique index open311_requests_token on open311_requests (organization_id, token);

-- Updates are asked for by time. Events are only ever added.
create index service_request_events_time on service_request_events (organization_id, happened_at);
