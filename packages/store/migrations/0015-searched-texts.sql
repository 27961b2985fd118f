-- Texts that are found by their keys (letters, sounds and skeletons of words), for what is too much to keep in every process. A set
-- is named by its content, so that it is written once and never changed.
create table search_sets (
  id bigint generated always as identity,
  organization_id int not null references organizations,
  name text not null,
  -- How many passages (or whatever has an id) the texts belong to, and how many words a text has.
  ids int not null,
  mean_length double precision not null,
  used_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, name)
);

create table search_texts (
  organization_id int not null,
  set_id bigint not null,
  -- Number of the id within its set.
  owner int not null,
  position int not null,
  id text not null,
  mass double precision not null,
  -- Each with its letters, sounds and skeletons.
  words jsonb not null,
  primary key (organization_id, set_id, owner, position),
  foreign key (organization_id, set_id) references search_sets (organization_id, id) on delete cascade
);

create table search_keys (
  organization_id int not null,
  set_id bigint not null,
  key text not null,
  -- Whose texts have it.
  owners int[] not null,
  primary key (organization_id, set_id, key),
  foreign key (organization_id, set_id) references search_sets (organization_id, id) on delete cascade
);
