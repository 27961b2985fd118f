-- People for whom a citizen asks: of an identity document only its kind and last four digits, never the whole number.
create table people (
  organization_id int not null,
  contact_id uuid not null,
  id uuid not null,
  -- Places are numbered, so that the database itself keeps the limit.
  place smallint not null check (place > 0),
  name text not null,
  birth_year smallint not null,
  gender text not null check (gender in ('female', 'male', 'other')),
  id_type text not null,
  id_digits text not null check (id_digits ~ '^[0-9]{4}$'),
  added_at timestamptz not null,
  primary key (organization_id, contact_id, id),
  unique (organization_id, contact_id, place)
);
