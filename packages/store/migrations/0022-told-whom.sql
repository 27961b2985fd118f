-- A changed ticket says to whom it matters at once: somebody in danger to all, an offer to whoever it is made to. The others look when they do anyway.
create or replace function tell_tickets() returns trigger language plpgsql as $$
begin
  perform pg_notify('hazir_events', json_build_object(
    'kind', 'ticket', 'organizationId', new.organization_id, 'id', new.id,
    'urgent', new.priority = 1 and new.closed_at is null,
    'officers', array_remove(array[new.assignee_id, new.offered_to], null))::text);
  return null;
end $$;

create or replace function tell_notes() returns trigger language plpgsql as $$
begin
  perform pg_notify('hazir_events', json_build_object(
    'kind', 'ticket', 'organizationId', new.organization_id, 'id', new.ticket_id, 'urgent', false, 'officers', array[]::uuid[])::text);
  return null;
end $$;
