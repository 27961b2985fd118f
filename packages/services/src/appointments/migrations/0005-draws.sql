-- A draw in place of first come: until its time people put their names in, which makes them a line; then the line is put into an
-- order that a seed decides. The seed is made, and its hash told, before the first name; it is told after the draw.

alter table appointment_sessions add column draw_at timestamptz;
-- The number under which somebody put their name in; "number" is their place after the draw.
alter table appointment_waits add column lot int;

create table appointment_draws (
  organization_id int not null,
  slot_id uuid not null,
  seed bytea not null check (length(seed) = 32),
  drawn_at timestamptz,
  entries int,
  primary key (organization_id, slot_id),
  foreign key (organization_id, slot_id) references appointment_slots (organization_id, id),
  check ((drawn_at is null) = (entries is null))
);
