-- The helpline: tickets have numbers that citizens can say, are offered to officers on duty, call whoever is on call when somebody in
-- danger waits, are followed up, and are judged by the citizen. What changes is told to open consoles.

create table ticket_numbers (
  organization_id int primary key references organizations (id),
  last int not null
);

alter table tickets
  -- Of the organization, in the order of opening.
  add column number int,
  add column first_answered_at timestamptz,
  -- To whom it is offered now; whoever takes it has it.
  add column offered_to uuid references officers (id) on delete set null,
  add column offered_at timestamptz,
  -- Steps of the ladder that were gone: officers on call who were told on their own phones.
  add column calls smallint not null default 0,
  add column called_at timestamptz,
  -- An officer on call is coming.
  add column acknowledged_by uuid,
  add column acknowledged_at timestamptz,
  add column follow_up_at timestamptz,
  add column follow_up_note text,
  -- Whether the citizen got help, as they say.
  add column feedback text check (feedback in ('yes', 'partly', 'no')),
  add column reopened int not null default 0;

update tickets t set number = n.number
  from (select organization_id, contact_id, id, row_number() over (partition by organization_id order by opened_at, id) as number from tickets) n
 where n.organization_id = t.organization_id and n.contact_id = t.contact_id and n.id = t.id;
insert into ticket_numbers (organization_id, last) select organization_id, max(number) from tickets group by 1;
alter table tickets alter column number set not null;
create unique index tickets_by_number on tickets (organization_id, number);
create unique index tickets_by_id on tickets (organization_id, id);
create index tickets_to_follow_up on tickets (follow_up_at) where follow_up_at is not null;
create index tickets_of_contact on tickets (organization_id, contact_id, opened_at);

-- Whichever way a ticket comes to be (a flow, a cry for help, an operation), it has its number.
create function number_ticket() returns trigger language plpgsql as $$
begin
  insert into ticket_numbers as n (organization_id, last) values (new.organization_id, 1)
    on conflict (organization_id) do update set last = n.last + 1 returning last into new.number;
  return new;
end $$;
create trigger tickets_numbered before insert on tickets for each row execute function number_ticket();

-- Officers of the helpline: what they can do, and whether they are there.
create table helpline_agents (
  organization_id int not null references organizations (id),
  officer_id uuid not null references officers (id) on delete cascade,
  -- Codes; empty: every desk.
  desks text[] not null default '{}',
  -- BCP-47; empty: any.
  languages text[] not null default '{}',
  -- Talks at a time.
  capacity smallint not null default 4 check (capacity between 1 and 50),
  -- On which they are called, with country, digits only.
  phone text check (phone ~ '^[0-9]{8,15}$'),
  -- Takes talks now, by their own word; counts while the console is open, too.
  available boolean not null default false,
  seen_at timestamptz,
  primary key (organization_id, officer_id)
);

-- Who is on call when: whoever has the lowest rank is called first.
create table helpline_shifts (
  organization_id int not null references organizations (id),
  id uuid not null,
  desk text not null,
  officer_id uuid not null references officers (id) on delete cascade,
  rank smallint not null check (rank between 1 and 20),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  primary key (organization_id, id)
);
create index helpline_shifts_by_time on helpline_shifts (organization_id, ends_at);

-- To whom a ticket was offered in vain: the others come first.
create table ticket_offers (
  organization_id int not null,
  ticket_id uuid not null,
  officer_id uuid not null references officers (id) on delete cascade,
  offered_at timestamptz not null,
  primary key (organization_id, ticket_id, officer_id)
);

-- Colleagues named in a note.
create table ticket_mentions (
  organization_id int not null,
  ticket_id uuid not null,
  officer_id uuid not null references officers (id) on delete cascade,
  note_id uuid not null,
  seen_at timestamptz,
  primary key (organization_id, ticket_id, officer_id, note_id)
);
create index ticket_mentions_unseen on ticket_mentions (organization_id, officer_id) where seen_at is null;

-- What consoles hear: kind, organization, and what changed where it is little enough to say. Told when the transaction is durable.
create function tell_tickets() returns trigger language plpgsql as $$
begin
  perform pg_notify('hazir_events', json_build_object('kind', 'ticket', 'organizationId', new.organization_id, 'id', new.id)::text);
  return null;
end $$;
create trigger tickets_told after insert or update on tickets for each row execute function tell_tickets();

create function tell_notes() returns trigger language plpgsql as $$
begin
  perform pg_notify('hazir_events', json_build_object('kind', 'ticket', 'organizationId', new.organization_id, 'id', new.ticket_id)::text);
  return null;
end $$;
create trigger ticket_notes_told after insert on ticket_notes for each row execute function tell_notes();

create function tell_requests() returns trigger language plpgsql as $$
declare
  told record;
begin
  for told in
    select organization_id, case when count(*) <= 20 then json_agg(reference) end as refs from changed group by 1
  loop
    perform pg_notify('hazir_events', json_build_object('kind', 'request', 'organizationId', told.organization_id, 'ids', told.refs)::text);
  end loop;
  return null;
end $$;
