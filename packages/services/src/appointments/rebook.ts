/**
 * When a session falls, everybody who had a place is told and offered another one before anybody else: a seat is held for them,
 * those who booked first choose first. Work goes on in small transactions, each of which is whole: whoever looks next, a command or
 * the server, goes on where the last one stopped, and nobody is told twice.
 */
import { type Database, derivedId, type Tx } from '@hazir/store';
import type { Tell, Told } from '../tell.ts';
import {
  endLines,
  type FallenSession,
  findFallen,
  findOthers,
  hasPlace,
  markRebooking,
  type Rebooking,
  takeFallen,
  waitingFor,
} from './rebook-records.ts';
import { insertHeld, readSlot } from './records.ts';
import { claimSeat } from './seats.ts';
import { dateOf, HOUR, later, MINUTE } from './times.ts';

/** A pack that has this flow tells of it; its inputs are `reference`, `hold` and `until`, the last two "" when no seat is free. */
const FELL_FLOW = 'appointment-fell';

const AT_ONCE = 25;
/** Nobody is offered what begins sooner, and a seat is given back so long before it begins. */
const SOONEST_MS = 3 * HOUR;
const BACK_MS = HOUR;

export interface RebookProgress {
  /** Appointments that were taken away and told. */
  told: number;
  /** Seats that were held for somebody. */
  offered: number;
}

export interface RebookWork {
  now: Date;
  tell: Tell;
  /** Id of the only session to work on; all when absent. */
  only?: string;
  /** Called after each step. */
  progress?: (step: RebookProgress) => void;
}

/** Works on every session that fell; resolves when nothing more can be done now. */
export async function rebookFallen(
  database: Database,
  { now, tell, only, progress = () => undefined }: RebookWork,
): Promise<RebookProgress> {
  const sum: RebookProgress = { told: 0, offered: 0 };
  for (const session of await findFallen(database, dateOf(now))) {
    if (only !== undefined && session.id !== only) continue;
    await database.transaction(async (tx) => {
      for (const { contactId, channelId } of await endLines(tx, session, now))
        await tell(tx, fellFor(session, { contactId, channelId, reference: '', hold: '', until: '' }));
    });
    for (;;) {
      const step = await database.transaction((tx) => fallSome(tx, session, { now, tell }));
      if (step.told === 0 && step.offered === 0) break;
      sum.told += step.told;
      sum.offered += step.offered;
      progress(step);
    }
  }
  return sum;
}

/** Some appointments that fell, or when there is none left, some people who wait for another time. */
async function fallSome(tx: Tx, session: FallenSession, { now, tell }: { now: Date; tell: Tell }): Promise<RebookProgress> {
  const fallen = await takeFallen(tx, session, { now, most: AT_ONCE });
  let offered = 0;
  for (const one of fallen.length > 0 ? fallen : await waitingFor(tx, session, { now, most: AT_ONCE })) {
    const offer = await holdAnother(tx, session, { one, now });
    if (offer !== undefined) offered += 1;
    const { contactId, channelId, reference } = one;
    if (offer !== undefined || fallen.length > 0)
      await tell(tx, fellFor(session, { contactId, channelId, reference, ...(offer ?? { hold: '', until: '' }) }));
  }
  return { told: fallen.length, offered };
}

/** Holds the most suitable seat for somebody; undefined when none is free. */
async function holdAnother(
  tx: Tx,
  session: FallenSession,
  { one, now }: { one: Rebooking; now: Date },
): Promise<{ hold: string; until: string } | undefined> {
  const { organizationId } = session;
  const { contactId, person, channelId, language } = one;
  const id = derivedId(one.id, 'rebook');
  const others = await findOthers(tx, session, { class: one.class, now, from: later(now, SOONEST_MS) });
  for (const { id: slotId, startsAt } of others) {
    if (await hasPlace(tx, { organizationId, contactId }, { person, slotId })) continue;
    const key = { organizationId, contactId, id };
    const keepUntil = Math.min(later(now, session.rebookMinutes * MINUTE).getTime(), later(startsAt, -BACK_MS).getTime());
    const heldUntil = new Date(keepUntil);
    if (!(await claimSeat(tx, { ...key, slotId, heldUntil, now }, { wait: false }))) continue;
    const slot = await readSlot(tx, organizationId, slotId);
    if (slot === undefined) continue;
    await insertHeld(tx, { ...key, person, sessionId: slot.session_id, slotId, channelId, language, heldUntil, now });
    await markRebooking(tx, { organizationId, contactId, id: one.id }, { appointmentId: id, now });
    return { hold: id, until: heldUntil.toISOString() };
  }
  return undefined;
}

function fellFor(
  { organizationId }: FallenSession,
  {
    contactId,
    channelId,
    ...values
  }: { contactId: string; channelId: number | null; reference: string; hold: string; until: string },
): Told {
  return { organizationId, contactId, channelId, flow: FELL_FLOW, values };
}
