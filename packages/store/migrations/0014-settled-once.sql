-- A message leaves the outbox with the answer to its post. A status finds it there only when that answer was lost, which the log tells:
-- the acceptance is not noted. Three of four facts looked into the outbox for nothing.
create or replace function record_facts(
  p_organization int[], p_contact uuid[], p_id uuid[], p_external text[],
  p_accepted timestamptz[], p_sent timestamptz[], p_delivered timestamptz[], p_read timestamptz[], p_played timestamptz[], p_failed timestamptz[],
  p_error text[], p_pricing text[]
) returns setof uuid language plpgsql as $$
declare
  touched int;
  unsettled uuid[];
begin
  with updated as (
    update messages m
       set external_id = coalesce(m.external_id, v.external_id),
           accepted_at = least(m.accepted_at, v.accepted_at), sent_at = least(m.sent_at, v.sent_at),
           delivered_at = least(m.delivered_at, v.delivered_at), read_at = least(m.read_at, v.read_at),
           played_at = least(m.played_at, v.played_at), failed_at = least(m.failed_at, v.failed_at),
           error = coalesce(m.error, v.error), pricing = coalesce(v.pricing, m.pricing)
      from unnest(p_organization, p_contact, p_id, p_external, p_accepted, p_sent, p_delivered, p_read, p_played, p_failed, p_error, p_pricing)
        as v (organization_id, contact_id, id, external_id, accepted_at, sent_at, delivered_at, read_at, played_at, failed_at, error, pricing)
     where m.organization_id = v.organization_id and m.contact_id = v.contact_id and m.id = v.id
    returning m.id, v.accepted_at is not null or m.accepted_at is null or v.failed_at is not null as leaves
  )
  select count(*), array_agg(id) filter (where leaves) into touched, unsettled from updated;
  delete from outbox o using unnest(p_organization, p_contact, p_id) as v (organization_id, contact_id, id)
   where v.id = any (unsettled)
     and o.organization_id = v.organization_id and o.contact_id = v.contact_id and o.id = v.id;
  if touched < cardinality(p_id) then
    return query
    select v.id from unnest(p_organization, p_contact, p_id) as v (organization_id, contact_id, id)
     where not exists (select from messages m where m.organization_id = v.organization_id and m.contact_id = v.contact_id and m.id = v.id);
  end if;
end $$;
