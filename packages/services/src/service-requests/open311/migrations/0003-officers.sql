-- Keys of officers' programs: whoever calls with such a key acts on this post.
alter table open311_keys add column post text;

-- What was answered to a call that may be repeated, for as long as it may come again. Nothing here is of a citizen.
create table api_answers (
  organization_id int not null,
  key_id text not null,
  idempotency_key text not null,
  -- SHA-256 of the call: another call under the same key is refused.
  call_hash bytea not null,
  answer jsonb,
  answered_at timestamptz not null,
  primary key (organization_id, key_id, idempotency_key)
);
create index api_answers_time on api_answers (answered_at);
