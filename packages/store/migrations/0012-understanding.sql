-- Decisions about free text are events like others; people look for those of one organization, the newest first.
create index conversation_events_understood on conversation_events (organization_id, id) where type = 'text_understood';

-- What a person said that a message means. The words are kept here because somebody chose to, without identity numbers.
create table phrase_labels (
  organization_id int not null references organizations,
  message_id uuid not null,
  language text not null,
  intent text not null,
  phrase text not null,
  labelled_by text not null,
  labelled_at timestamptz not null default now(),
  primary key (organization_id, message_id)
);

-- The classifier of a published version as bytes, so that nothing is trained again.
create table pack_models (
  organization_id int not null references organizations,
  pack text not null,
  version text not null,
  model bytea not null,
  trained_at timestamptz not null default now(),
  primary key (organization_id, pack, version)
);
