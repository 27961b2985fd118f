-- The message path: one round trip each for taking in, committing turns, results and statuses. Arrays in, few rows out.

create function uuid_floor(at timestamptz) returns uuid language sql immutable parallel safe as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
    from (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as h) as hex
$$;

-- Monthly partitions from the month of `since` on. A month that already has rows in the default partition stays there.
create function ensure_partitions(since timestamptz, months int) returns int language plpgsql as $$
declare
  parent text;
  month timestamptz;
  made int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('hazir.partitions'));
  foreach parent in array array['messages', 'conversation_events'] loop
    for step in 0 .. months - 1 loop
      month := date_trunc('month', since at time zone 'UTC') at time zone 'UTC' + make_interval(months => step);
      if to_regclass(parent || '_' || to_char(month at time zone 'UTC', 'YYYYMM')) is null then
        begin
          execute format('create table %I partition of %I for values from (%L) to (%L) with (fillfactor = 85)',
            parent || '_' || to_char(month at time zone 'UTC', 'YYYYMM'), parent,
            uuid_floor(month), uuid_floor(month + interval '1 month'));
          made := made + 1;
        exception when check_violation then null;
        end;
      end if;
    end loop;
  end loop;
  return made;
end $$;

select ensure_partitions(now() - interval '1 month', 4);

-- Takes messages in: duplicates that still wait are left as they are. Returns the rows that are new.
create function ingest(p_id uuid[], p_organization int[], p_channel int[], p_payload text[])
returns table (new_seq bigint, new_id uuid) language sql as $$
  insert into inbox (id, organization_id, channel_id, payload)
  select id, organization_id, channel_id, payload
    from unnest(p_id, p_organization, p_channel, p_payload) with ordinality as v (id, organization_id, channel_id, payload, n)
   order by n
  on conflict (id) do nothing
  returning seq, id
$$;

-- Commits a batch of turns. Raises serialization_failure when a conversation moved or an inbox row was taken meanwhile,
-- unique_violation when a message was processed before: the caller reloads and tries again.
create function commit_turns(
  p_seqs bigint[],
  c_organization int[], c_contact uuid[], c_channel int[], c_version int[], c_session text[], c_inbound timestamptz[], c_wake timestamptz[],
  m_organization int[], m_contact uuid[], m_id uuid[], m_channel int[], m_outbound boolean[], m_external text[], m_content text[], m_origin text[],
  e_organization int[], e_contact uuid[], e_id uuid[], e_channel int[], e_type text[], e_data text[],
  o_organization int[], o_contact uuid[], o_id uuid[], o_channel int[], o_state smallint[], o_due timestamptz[], o_payload text[]
) returns void language plpgsql as $$
declare
  touched int;
  created int;
begin
  delete from inbox where seq = any (p_seqs);
  get diagnostics touched = row_count;
  if touched <> cardinality(p_seqs) then
    raise serialization_failure using message = 'inbox rows were taken meanwhile';
  end if;

  insert into messages (organization_id, contact_id, id, channel_id, outbound, external_id, content, origin)
  select * from unnest(m_organization, m_contact, m_id, m_channel, m_outbound, m_external, m_content, m_origin);

  update conversations c
     set session = v.session, version = c.version + 1, last_inbound_at = greatest(c.last_inbound_at, v.inbound), wake_at = v.wake
    from unnest(c_organization, c_contact, c_channel, c_version, c_session, c_inbound, c_wake)
      as v (organization_id, contact_id, channel_id, version, session, inbound, wake)
   where c.organization_id = v.organization_id and c.contact_id = v.contact_id and c.channel_id = v.channel_id
     and c.version = v.version and v.version > 0;
  get diagnostics touched = row_count;
  insert into conversations (organization_id, contact_id, channel_id, version, session, last_inbound_at, wake_at)
  select organization_id, contact_id, channel_id, 1, session, inbound, wake
    from unnest(c_organization, c_contact, c_channel, c_version, c_session, c_inbound, c_wake)
      as v (organization_id, contact_id, channel_id, version, session, inbound, wake)
   where version = 0
  on conflict do nothing;
  get diagnostics created = row_count;
  if touched + created <> cardinality(c_version) then
    raise serialization_failure using message = 'a conversation moved on meanwhile';
  end if;

  if cardinality(e_id) > 0 then
    insert into conversation_events (organization_id, contact_id, id, channel_id, type, data)
    select * from unnest(e_organization, e_contact, e_id, e_channel, e_type, e_data);
  end if;
  if cardinality(o_id) > 0 then
    insert into outbox (organization_id, contact_id, id, channel_id, state, attempt, due_at, payload)
    select organization_id, contact_id, id, channel_id, state, 0, due_at, payload
      from unnest(o_organization, o_contact, o_id, o_channel, o_state, o_due, o_payload)
        as v (organization_id, contact_id, id, channel_id, state, due_at, payload);
  end if;
end $$;

-- Facts about our messages: responses of sends and statuses alike. The earliest time of each kind is kept. A message that
-- the provider is known to have leaves the outbox. Returns the ids that are not in the log.
create function record_facts(
  p_organization int[], p_contact uuid[], p_id uuid[], p_external text[],
  p_accepted timestamptz[], p_sent timestamptz[], p_delivered timestamptz[], p_read timestamptz[], p_played timestamptz[], p_failed timestamptz[],
  p_error text[], p_pricing text[]
) returns setof uuid language plpgsql as $$
begin
  delete from outbox o using unnest(p_organization, p_contact, p_id) as v (organization_id, contact_id, id)
   where o.organization_id = v.organization_id and o.contact_id = v.contact_id and o.id = v.id;
  return query
  with facts as (
    select * from unnest(p_organization, p_contact, p_id, p_external, p_accepted, p_sent, p_delivered, p_read, p_played, p_failed, p_error, p_pricing)
      as v (organization_id, contact_id, id, external_id, accepted_at, sent_at, delivered_at, read_at, played_at, failed_at, error, pricing)
  ), updated as (
    update messages m
       set external_id = coalesce(m.external_id, v.external_id),
           accepted_at = least(m.accepted_at, v.accepted_at), sent_at = least(m.sent_at, v.sent_at),
           delivered_at = least(m.delivered_at, v.delivered_at), read_at = least(m.read_at, v.read_at),
           played_at = least(m.played_at, v.played_at), failed_at = least(m.failed_at, v.failed_at),
           error = coalesce(m.error, v.error), pricing = coalesce(v.pricing, m.pricing)
      from facts v
     where m.organization_id = v.organization_id and m.contact_id = v.contact_id and m.id = v.id
    returning m.id
  )
  select f.id from facts f where not exists (select 1 from updated u where u.id = f.id);
end $$;

-- Joins two records of one person: everything keyed by contact moves, conversations of the kept record stay. The tables
-- are found in the catalogue, so that a new service cannot be forgotten.
create function merge_contacts(p_organization int, p_from uuid, p_into uuid, p_reason text) returns void language plpgsql as $$
declare
  found record;
begin
  delete from conversations c where c.organization_id = p_organization and c.contact_id = p_from
     and exists (select 1 from conversations k where k.organization_id = p_organization and k.contact_id = p_into and k.channel_id = c.channel_id);
  for found in
    select c.table_schema, c.table_name from information_schema.columns c
      join pg_class r on r.oid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass
     where c.table_schema = current_schema() and c.column_name = 'contact_id' and not r.relispartition and r.relkind in ('r', 'p')
       and exists (select 1 from information_schema.columns o where o.table_schema = c.table_schema and o.table_name = c.table_name and o.column_name = 'organization_id')
  loop
    execute format('update %I.%I set contact_id = $1 where organization_id = $2 and contact_id = $3', found.table_schema, found.table_name)
      using p_into, p_organization, p_from;
  end loop;
  update contacts set merged_into = p_into where organization_id = p_organization and id = p_from;
  update contacts k set language = coalesce(k.language, f.language), name = coalesce(k.name, f.name), opted_out_at = coalesce(k.opted_out_at, f.opted_out_at)
    from contacts f where f.organization_id = p_organization and f.id = p_from and k.organization_id = p_organization and k.id = p_into;
  insert into contact_changes (organization_id, contact_id, change, detail)
  values (p_organization, p_into, 'merged', jsonb_build_object('from', p_from, 'reason', p_reason));
end $$;
