-- One-time codes: of a code only a slow hash is kept, and that only while it counts. The row stays a day, to count what was sent.
create table one_time_codes (
  organization_id int not null,
  contact_id uuid not null,
  id uuid not null,
  -- What it is asked for, for example "certificate"; and whose data that opens: a hash, for limits across contacts.
  purpose text not null,
  subject bytea not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries_left smallint not null check (tries_left >= 0),
  -- Null once it was used, or counts no more.
  salt bytea,
  hash bytea,
  primary key (organization_id, contact_id, id),
  check ((salt is null) = (hash is null))
);
create index one_time_codes_subject on one_time_codes (organization_id, subject, sent_at);
