-- A team is kept by its own administrators: an officer is suspended in one organization and works on in another.

alter table officers add column signed_in_at timestamptz;
-- Of all roles of the officer there, or of none.
alter table officer_roles add column suspended_at timestamptz;

-- The log is asked for one citizen, and for one kind of act.
create index audit_events_contact on audit_events (organization_id, contact_id, happened_at desc) where contact_id is not null;
create index audit_events_action on audit_events (organization_id, action, happened_at desc, id desc);
