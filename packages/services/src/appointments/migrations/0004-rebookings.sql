-- Sessions that do not take place after all, and whom they leave without an appointment: they are offered another one first.

-- How long a seat that is offered instead is kept.
alter table appointment_sessions add column rebook_minutes int;
create index appointment_sessions_fallen on appointment_sessions (date) where cancelled_at is not null;
-- Its session did not take place: it counts against no limit.
alter table appointments add column fell boolean not null default false;

create table appointment_rebookings (
  organization_id int not null,
  contact_id uuid not null,
  -- The appointment that fell.
  id uuid not null,
  session_id uuid not null,
  class text not null,
  person text not null,
  reference text not null,
  -- Who had booked first is offered first.
  booked_at timestamptz not null,
  -- As of a wait: passed is who did not answer in time, left is who declined or has another one.
  status text not null check (status in ('waiting', 'offered', 'taken', 'passed', 'left')),
  -- The held appointment of the offer.
  appointment_id uuid,
  channel_id int,
  language text not null,
  changed_at timestamptz not null,
  primary key (organization_id, contact_id, id),
  check (status not in ('offered', 'taken') or appointment_id is not null),
  foreign key (organization_id, session_id) references appointment_sessions (organization_id, id)
) with (fillfactor = 90);
create index appointment_rebookings_open on appointment_rebookings (organization_id, session_id, booked_at)
  where status in ('waiting', 'offered');
