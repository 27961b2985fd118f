-- When a citizen is still to be reminded, the next moment first; written when it is booked or moved.
alter table appointments add column remind_at timestamptz[] not null default '{}';
-- When the citizen said that they are coming.
alter table appointments add column coming_at timestamptz;
create index appointments_to_remind on appointments ((remind_at[1])) where cardinality(remind_at) > 0;
