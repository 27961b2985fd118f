-- Tickets of people in danger come first; the desk reads open ones by priority, then by age.
alter table tickets add column priority smallint not null default 3 check (priority between 1 and 5);
create index tickets_waiting on tickets (organization_id, priority, opened_at) where closed_at is null;
drop index tickets_open;
