/** Finding a session and a time in it: what is published, still to come and open to the person. */
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done } from '../define-operation.ts';
import { openSlot } from './book.ts';
import { badInput, type Desk, lastDate, placeOf, placeShape, timesOf } from './desk.ts';
import { refuseByDoses, withDoses } from './doses.ts';
import { isOfClass, type Person, person, plainPin, refuse } from './eligibility.ts';
import { type SessionRow, sessionColumns } from './records.ts';
import { dateOf } from './times.ts';

/** Rows of a WhatsApp list. */
const MOST_SHOWN = 10;
/** Sessions that are looked through for those the person may come to. */
const MOST_SEARCHED = 200;

const sessionsInput = z.object({
  pin: z.string().max(40).nullish(),
  district: z.string().max(100).nullish(),
  resource: z.string().max(100).nullish(),
  resources: z
    .array(z.string().max(100))
    .max(50)
    .nullish()
    .describe('Codes of resources, the nearest first: found in this order.'),
  near: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).nullish(),
  kind: z.string().max(100).nullish(),
  date: z.iso.date().nullish().describe('This date only.'),
  perResource: z
    .number()
    .int()
    .min(1)
    .max(MOST_SHOWN)
    .nullish()
    .describe('At most so many of each resource, those with free seats first.'),
  person,
});

interface FreeSlot {
  session_id: string;
  slot_id: string;
  starts_at: Date;
  ends_at: Date;
  class: string;
  free: number;
}

/** Operations that search. */
export function searchOperations(desk: Desk): Operation[] {
  return [sessions(desk), slots(desk)];
}

function sessions(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.sessions',
    summary:
      'Finds up to ten sessions that a person may come to: the nearest first, else the next ones; full ones are marked by free 0.',
    input: sessionsInput,
    output: z.array(placeShape.extend({ session: z.string(), free: z.number().int(), times: z.number().int() })),
    badInput,
    run: async (given, context) => {
      const found = await findSessions(desk, given, context);
      const who = await withDoses(desk, given.person, context);
      const open = found.filter((row) => (refuse(who, row) ?? refuseByDoses(who, row)) === undefined);
      const bySession = Map.groupBy(await freeSlots(open, who, context), (slot) => slot.session_id);
      const all = open.flatMap((row) => {
        const times = bySession.get(row.session_id) ?? [];
        return times.length === 0 ? [] : [{ row, times: times.length, free: times.reduce((sum, slot) => sum + slot.free, 0) }];
      });
      const shown = fewOfEach(all, given.perResource ?? MOST_SEARCHED).slice(0, MOST_SHOWN);
      return done(
        shown.map(({ row, times, free }) => ({ ...placeOf(desk, row, context.subject), session: row.session_id, free, times })),
      );
    },
  });
}

/** At most so many of each resource, those with a free seat before full ones; the order stays. */
function fewOfEach<One extends { row: SessionRow; free: number }>(all: readonly One[], most: number): One[] {
  const kept = new Set(
    [...Map.groupBy(all, ({ row }) => row.resource).values()].flatMap((each) =>
      each.toSorted((a, b) => Number(b.free > 0) - Number(a.free > 0)).slice(0, most),
    ),
  );
  return all.filter((one) => kept.has(one));
}

function slots(desk: Desk): Operation {
  return defineOperation({
    name: 'appointments.slots',
    summary: 'Lists the times of a session that a person may book, with the seats that are free.',
    input: z.object({ session: z.uuid(), person }),
    output: z.array(z.object({ slot: z.string(), time: z.string(), startsAt: z.iso.datetime(), free: z.number().int() })),
    badInput,
    run: async (given, context) => {
      const who = await withDoses(desk, given.person, context);
      const all = await freeSlots([{ session_id: given.session }], who, context);
      const [first] = all;
      const opened = first && (await openSlot(desk, { slotId: first.slot_id, who: given.person }, context));
      if (opened === undefined) return done([]);
      if (!opened.ok) return opened;
      return done(
        all.slice(0, MOST_SHOWN).map((slot) => ({
          slot: slot.slot_id,
          time: timesOf(slot),
          startsAt: slot.starts_at.toISOString(),
          free: slot.free,
        })),
      );
    },
  });
}

async function findSessions(
  desk: Desk,
  { pin, district, resource, resources, near, kind, date }: z.output<typeof sessionsInput>,
  { tx, subject, now }: OperationContext,
): Promise<SessionRow[]> {
  const { rows } = await tx.query<SessionRow>(
    `select ${sessionColumns} from appointment_sessions s
       join appointment_resources r on r.organization_id = s.organization_id and r.code = s.resource
      where s.organization_id = $1 and s.date between $2 and $3 and s.published_at <= $4 and s.cancelled_at is null
        and ($5::text is null or r.pin = $5) and ($6::text is null or lower(r.district) = lower($6))
        and ($7::text is null or r.code = $7) and ($8::text is null or s.kind = $8) and ($9::date is null or s.date = $9)
        and ($13::text[] is null or r.code = any($13))
      order by array_position($13::text[], r.code),
               case when $10::float8 is null then 0
                    else (r.latitude - $10) ^ 2 + ((r.longitude - $11::float8) * cos(radians($10))) ^ 2 end nulls last,
               s.date, r.code, s.id limit $12`,
    [
      subject.organizationId,
      dateOf(now),
      lastDate(desk, now),
      now,
      pin == null ? null : plainPin(pin),
      district?.trim() ?? null,
      resource ?? null,
      kind ?? null,
      date ?? null,
      near?.latitude ?? null,
      near?.longitude ?? null,
      MOST_SEARCHED,
      resources ?? null,
    ],
  );
  return rows;
}

/** The slots to come of sessions that are for a person, in order of time. */
async function freeSlots(
  found: readonly Pick<SessionRow, 'session_id'>[],
  who: Person,
  { tx, subject, now }: OperationContext,
): Promise<FreeSlot[]> {
  if (found.length === 0) return [];
  const { rows } = await tx.query<FreeSlot>(
    `select t.session_id, t.id as slot_id, t.starts_at, t.ends_at, t.class,
            greatest(0, (select count(*) from appointment_seats e where e.organization_id = t.organization_id and e.slot_id = t.id
                and (e.appointment_id is null or e.held_until < $3))
              - (select count(*) from appointment_waits w where w.organization_id = t.organization_id and w.slot_id = t.id
                   and w.status = 'waiting'))::int as free
       from appointment_slots t where t.organization_id = $1 and t.session_id = any($2::uuid[]) and t.ends_at > $3
      order by t.starts_at, t.class`,
    [subject.organizationId, found.map((row) => row.session_id), now],
  );
  return rows.filter((slot) => isOfClass(who, slot.class));
}
