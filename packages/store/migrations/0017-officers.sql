-- Officers, their sessions and second factors, as better-auth 1.7 keeps them (names are mapped in server/src/auth/tables.ts), what
-- each may do in which organization, and what each has seen and done.

create table officers (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  two_factor_enabled boolean,
  -- BCP-47, of the console.
  language text not null,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table officer_sessions (
  id uuid primary key default gen_random_uuid(),
  officer_id uuid not null references officers (id) on delete cascade,
  token text not null unique,
  address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index officer_sessions_officer on officer_sessions (officer_id);

-- Ways to sign in: a password (its argon2id hash), or a provider's account.
create table officer_accounts (
  id uuid primary key default gen_random_uuid(),
  officer_id uuid not null references officers (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index officer_accounts_officer on officer_accounts (officer_id);

create table officer_verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index officer_verifications_identifier on officer_verifications (identifier);

create table officer_two_factors (
  id uuid primary key default gen_random_uuid(),
  officer_id uuid not null references officers (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean,
  failed_verifications int,
  locked_until timestamptz
);
create index officer_two_factors_officer on officer_two_factors (officer_id);
create index officer_two_factors_secret on officer_two_factors (secret);

-- Calls of one address, whichever process answers.
create table officer_rate_limits (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count int not null,
  last_request bigint not null
);

-- Wrong passwords of one account, from wherever. The address is kept as its hash: it may be of nobody.
create table officer_sign_in_tries (
  email_hash bytea primary key,
  tries int not null,
  since timestamptz not null
);

create table officer_roles (
  organization_id int not null references organizations (id),
  id uuid not null,
  officer_id uuid not null references officers (id) on delete cascade,
  role text not null,
  -- Where it holds; null: everywhere.
  department text,
  area text,
  -- The post on which the officer acts on service requests.
  post text,
  granted_at timestamptz not null,
  primary key (organization_id, id),
  unique nulls not distinct (organization_id, officer_id, role, department, area, post)
);
create index officer_roles_officer on officer_roles (officer_id);

-- What officers and programs saw of citizens and did to them. Names of things only, never their words.
create table audit_events (
  organization_id int not null,
  id uuid not null,
  -- "officer-" or "key-" with an id.
  actor text not null,
  -- Of the caller.
  address text,
  -- Permission-like: request.seen, request.moved, ticket.answered ...
  action text not null,
  -- Reference or id of what it was done to.
  subject text,
  contact_id uuid,
  details jsonb,
  happened_at timestamptz not null,
  primary key (organization_id, id)
);
create index audit_events_latest on audit_events (organization_id, happened_at desc, id desc);
create index audit_events_actor on audit_events (organization_id, actor, happened_at desc);
create index audit_events_subject on audit_events (organization_id, subject, happened_at desc);

-- Nobody rewrites it, whoever is signed in to the database as Hazir.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_events_kept before update or delete on audit_events for each row execute function refuse_change();
create trigger audit_events_not_emptied before truncate on audit_events for each statement execute function refuse_change();
