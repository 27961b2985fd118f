-- Who waits for a seat in a full slot, in the order in which they came, and to whom one is offered.

-- One row for each line: it gives out the numbers.
create table appointment_lines (
  organization_id int not null,
  slot_id uuid not null,
  last_number int not null,
  primary key (organization_id, slot_id),
  foreign key (organization_id, slot_id) references appointment_slots (organization_id, id)
);

create table appointment_waits (
  organization_id int not null,
  contact_id uuid not null,
  id uuid not null,
  slot_id uuid not null,
  session_id uuid not null,
  person text not null,
  number int not null,
  -- Offered: a seat is held for them. Taken: they booked it. Passed: they did not in time. Left: they have another or gave up.
  status text not null check (status in ('waiting', 'offered', 'taken', 'passed', 'left')),
  -- The held appointment of the offer.
  appointment_id uuid,
  channel_id int,
  language text not null,
  -- How long an offer stands.
  offer_minutes int not null,
  changed_at timestamptz not null,
  primary key (organization_id, contact_id, id),
  unique (organization_id, slot_id, number),
  check (status not in ('offered', 'taken') or appointment_id is not null),
  foreign key (organization_id, slot_id) references appointment_slots (organization_id, id)
) with (fillfactor = 90);
-- Nobody stands in a line twice.
create unique index appointment_waits_once on appointment_waits (organization_id, contact_id, person, slot_id)
  where status in ('waiting', 'offered');
create index appointment_waits_next on appointment_waits (organization_id, slot_id, number) where status in ('waiting', 'offered');
