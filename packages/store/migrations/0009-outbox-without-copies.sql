-- payload: what is sent instead of the message in the log; null, as nearly always: the message itself. A turn wrote every bubble twice.
alter table outbox alter column payload drop not null;

drop function commit_turns(
  bigint[], int[], uuid[], int[], int[], text[], timestamptz[], timestamptz[], int[], uuid[], uuid[], int[], boolean[], text[], text[], text[], int[], uuid[], uuid[], int[], text[], text[], int[], uuid[], uuid[], int[], smallint[], timestamptz[], text[], smallint[]
);
create function commit_turns(
  p_seqs bigint[],
  c_organization int[], c_contact uuid[], c_channel int[], c_version int[], c_session text[], c_inbound timestamptz[], c_wake timestamptz[],
  m_organization int[], m_contact uuid[], m_id uuid[], m_channel int[], m_outbound boolean[], m_external text[], m_content text[], m_origin text[],
  e_organization int[], e_contact uuid[], e_id uuid[], e_channel int[], e_type text[], e_data text[],
  o_organization int[], o_contact uuid[], o_id uuid[], o_channel int[], o_state smallint[], o_due timestamptz[], o_lane smallint[]
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
     -- A record that was joined with another meanwhile gets no new conversation.
     and not exists (select from contacts p where p.organization_id = v.organization_id and p.id = v.contact_id and p.merged_into is not null)
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
    insert into outbox (organization_id, contact_id, id, channel_id, state, attempt, due_at, lane)
    select organization_id, contact_id, id, channel_id, state, 0, due_at, lane
      from unnest(o_organization, o_contact, o_id, o_channel, o_state, o_due, o_lane)
        as v (organization_id, contact_id, id, channel_id, state, due_at, lane);
  end if;
end $$;

alter function commit_turns(
  bigint[], int[], uuid[], int[], int[], text[], timestamptz[], timestamptz[], int[], uuid[], uuid[], int[], boolean[], text[], text[], text[], int[], uuid[], uuid[], int[], text[], text[], int[], uuid[], uuid[], int[], smallint[], timestamptz[], smallint[]
) set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off;
