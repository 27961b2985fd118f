-- The one who follows stands in contact_id, which is what changes when two contacts turn out to be one person; the request
-- is found by its reference. Two followers who become one are both kept, and told once.

drop table service_request_followers;
create table service_request_followers (
  organization_id int not null,
  request_id uuid not null,
  -- Made of the request and the contact, so that somebody follows once.
  id uuid not null,
  reference text not null,
  contact_id uuid not null,
  channel_id int,
  language text not null,
  followed_at timestamptz not null,
  primary key (organization_id, request_id, id)
);
create index service_request_followers_own on service_request_followers (organization_id, contact_id, followed_at desc);
