-- lane: a broadcast's conversations are begun when nobody who wrote waits; the same numbers as in the outbox.
alter table inbox add column lane smallint not null default 1 check (lane between 0 and 3);

drop function ingest(uuid[], int[], int[], text[]);
create function ingest(p_id uuid[], p_organization int[], p_channel int[], p_payload text[], p_lane smallint[])
returns table (new_seq bigint, new_id uuid) language sql as $$
  insert into inbox (id, organization_id, channel_id, payload, lane)
  select id, organization_id, channel_id, payload, lane
    from unnest(p_id, p_organization, p_channel, p_payload, p_lane) with ordinality as v (id, organization_id, channel_id, payload, lane, n)
   order by n
  on conflict (id) do nothing
  returning seq, id
$$;
