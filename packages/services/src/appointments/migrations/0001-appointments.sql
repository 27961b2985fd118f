-- Appointments: resources at a place, sessions by date, slots in them and one row for each seat of a slot. A seat names the
-- appointment that has it, so two can never have the same one, and no appointment has two seats, whatever a program does.

create table appointment_resources (
  organization_id int not null,
  code text not null,
  -- By language tag.
  name jsonb not null,
  address jsonb not null,
  pin text,
  district text,
  latitude double precision,
  longitude double precision,
  primary key (organization_id, code)
);

create table appointment_sessions (
  organization_id int not null,
  id uuid not null,
  -- As the file calls it that it was read from.
  code text not null,
  resource text not null,
  date date not null,
  -- Of vaccine or of counter.
  kind text not null,
  fee_paise int not null check (fee_paise >= 0),
  min_age smallint,
  max_age smallint,
  -- An empty list asks for nothing.
  doses smallint[] not null,
  residence text[] not null,
  allowances text[] not null,
  published_at timestamptz not null,
  cancelled_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, code),
  foreign key (organization_id, resource) references appointment_resources (organization_id, code)
);
create index appointment_sessions_by_date on appointment_sessions (organization_id, date);

create table appointment_slots (
  organization_id int not null,
  id uuid not null,
  session_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- The class of people that the seats are kept for; empty: anybody.
  class text not null,
  primary key (organization_id, id),
  unique (organization_id, session_id, starts_at, class),
  foreign key (organization_id, session_id) references appointment_sessions (organization_id, id)
);

create table appointments (
  organization_id int not null,
  contact_id uuid not null,
  id uuid not null,
  -- Whom of the household it is for: the flow's own name of the person.
  person text not null,
  session_id uuid not null,
  slot_id uuid not null,
  status text not null check (status in ('held', 'booked', 'checked_in', 'no_show', 'cancelled', 'lapsed')),
  -- Given when it is booked. The secret is asked for where the citizen comes to.
  reference text,
  secret text,
  wrong_secrets smallint not null default 0,
  channel_id int,
  language text not null,
  held_until timestamptz,
  booked_at timestamptz,
  changed_at timestamptz not null,
  primary key (organization_id, contact_id, id),
  check (status <> 'held' or held_until is not null),
  check (status in ('held', 'lapsed') or (reference is not null and secret is not null and booked_at is not null)),
  foreign key (organization_id, slot_id) references appointment_slots (organization_id, id)
) with (fillfactor = 90);
-- Nobody has two places in one session.
create unique index appointments_once on appointments (organization_id, contact_id, person, session_id)
  where status in ('held', 'booked', 'checked_in');
create index appointments_of_session on appointments (organization_id, session_id);

create table appointment_seats (
  organization_id int not null,
  slot_id uuid not null,
  seat smallint not null check (seat > 0),
  contact_id uuid,
  appointment_id uuid,
  -- Until when it is only held; null once it is booked.
  held_until timestamptz,
  primary key (organization_id, slot_id, seat),
  foreign key (organization_id, slot_id) references appointment_slots (organization_id, id),
  check ((appointment_id is null) = (contact_id is null)),
  check (appointment_id is not null or held_until is null)
) with (fillfactor = 80);
create unique index appointment_seats_one_each on appointment_seats (organization_id, contact_id, appointment_id)
  where appointment_id is not null;

-- Reserves a reference for one appointment, whoever its citizen is.
create table appointment_references (
  organization_id int not null,
  reference text not null,
  contact_id uuid not null,
  appointment_id uuid not null,
  primary key (organization_id, reference)
);

-- One row for each household: what counts against limits is counted while it is locked.
create table appointment_households (
  organization_id int not null,
  contact_id uuid not null,
  primary key (organization_id, contact_id)
);
