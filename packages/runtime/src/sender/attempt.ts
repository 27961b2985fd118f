/** One row's way through a place in flight: claimed where it must be, posted, its outcome written, its line sent on. */
import { setTimeout as delay } from 'node:timers/promises';
import type { SendOutcome } from '@hazir/core';
import type { Channel, OutboxRow } from '@hazir/store';
import { type Desk, LOOK_MS, type Next, reasonOf } from './desk.ts';
import { dropFirst, type Line, type NumberQueue, rest, sleep } from './lines.ts';
import { freePlace, waitOfNumber } from './pump.ts';

/** Rows whose claim was sent and not answered: they may be claimed already. */
const unanswered = new WeakSet<OutboxRow>();

/** Works on the first row of a busy line whose place is taken, then frees the place. Never throws. */
export async function attempt(desk: Desk, number: NumberQueue, line: Line): Promise<void> {
  number.posting += 1;
  const row = line.rows[0];
  try {
    if (row === undefined) dropFirst(number, line, desk.port.now());
    else settleLine(desk, { number, line, next: await attemptOnce(desk, { number, line, row }) });
  } catch (error) {
    number.circuit.withdrawn();
    desk.port.log('error', 'send_broke', { message: row?.id, detail: reasonOf(error) });
    sleep(number, line, desk.port.now() + LOOK_MS);
  }
  freePlace(desk, number);
  number.posting -= 1;
  if (number.posting === 0) for (const idle of number.onIdle.splice(0)) idle();
  if (desk.starved.size > 0) {
    const starved = [...desk.starved];
    desk.starved.clear();
    for (const one of starved) desk.pump(one);
  }
  desk.pump(number);
}

interface Attempt {
  number: NumberQueue;
  line: Line;
  row: OutboxRow;
}

async function attemptOnce(desk: Desk, { number, line, row }: Attempt): Promise<Next> {
  const { port } = desk;
  let claimed = row;
  if (row.state === 2) desk.doubts.delete(row.id);
  if (row.state !== 0) {
    const answer = await claim(desk, row);
    if (answer === null) {
      number.circuit.withdrawn();
      return { type: 'done' };
    }
    claimed = { ...row, state: 0, ...answer };
    line.rows[0] = claimed;
  }
  const channel = port.channel(number.channelId);
  // Asked again: the claim took its time.
  if (channel === undefined || waitOfNumber(desk, number, port.now()) > 0) {
    number.circuit.withdrawn();
    if (number.phase === 'gone') void port.giveBack([claimed]).catch(() => undefined);
    return { type: 'again', row: claimed };
  }
  const { outcome, asked } = await port.post(claimed, channel);
  judge(desk, number, { row: claimed, outcome, asked });
  const next = await untilWritten(desk, { row: claimed, channel, outcome: paced(desk, number, outcome) });
  if (outcome.type === 'retry' && outcome.scope === 'pair' && next.type === 'again')
    number.pairs.block(row.contactId, next.row.dueAt.getTime());
  return next;
}

async function claim(desk: Desk, row: OutboxRow): Promise<Awaited<ReturnType<Desk['port']['claim']>>> {
  const again = unanswered.has(row);
  unanswered.add(row);
  const claimed = await desk.port.claim(row, again);
  unanswered.delete(row);
  return claimed;
}

/** What an outcome says about the provider as a whole. */
function judge(
  { port }: Desk,
  { circuit, pace, channelId }: NumberQueue,
  posted: { row: OutboxRow; outcome: SendOutcome; asked: boolean },
): void {
  const { outcome, row } = posted;
  const silent = outcome.type === 'in_doubt' || (outcome.type === 'retry' && outcome.scope === 'message');
  if (!posted.asked) circuit.withdrawn();
  else if (silent) {
    if (circuit.failed(row.contactId, port.now())) {
      const code = 'error' in outcome ? outcome.error.code : '';
      port.log('error', 'circuit_opened', { channel: channelId, code, waitMs: circuit.wait(port.now()) });
    }
  } else {
    if (circuit.answered()) port.log('info', 'circuit_closed', { channel: channelId });
    if (outcome.type === 'accepted') pace.accepted();
  }
}

/** A throttle of the account pauses the whole number; the row is due when the pause ends. */
function paced({ port }: Desk, { pace, channelId }: NumberQueue, outcome: SendOutcome): SendOutcome {
  if (outcome.type !== 'retry' || outcome.scope !== 'account') return outcome;
  const now = port.now();
  const after = pace.throttled(now, outcome.after) - now;
  port.log('warn', 'channel_slowed', { channel: channelId, code: outcome.error.code, waitMs: after, rate: pace.rate(now) });
  return { ...outcome, after };
}

/** What was posted is not posted again because our own database is away: its outcome is kept until it can be written. */
async function untilWritten(desk: Desk, posted: { row: OutboxRow; channel: Channel; outcome: SendOutcome }): Promise<Next> {
  for (;;) {
    try {
      return await desk.port.settle(posted.row, posted.channel, posted.outcome);
    } catch (error) {
      desk.port.log('error', 'outcome_not_written', { message: posted.row.id, detail: reasonOf(error) });
      // Its row in the outbox says "being sent": whoever works the number next finds it in doubt.
      if (desk.stopped) return { type: 'done' };
      await delay(LOOK_MS);
    }
  }
}

function settleLine(desk: Desk, { number, line, next }: { number: NumberQueue; line: Line; next: Next }): void {
  const now = desk.port.now();
  if (next.type === 'done') dropFirst(number, line, now);
  else {
    line.rows[0] = next.row;
    if (next.row.state === 2 && number.phase !== 'gone') desk.doubts.set(next.row.id, { number, line, row: next.row });
    rest(number, line, now);
  }
}
