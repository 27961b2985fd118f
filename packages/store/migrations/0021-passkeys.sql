-- Passkeys of officers, as better-auth's plugin keeps them (names are mapped in server/src/auth/tables.ts).

create table officer_passkeys (
  id uuid primary key default gen_random_uuid(),
  officer_id uuid not null references officers (id) on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default now()
);
create index officer_passkeys_officer on officer_passkeys (officer_id);
