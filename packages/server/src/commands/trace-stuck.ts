/** What is stuck now: numbers that are stopped, the oldest of each queue, what is in doubt, what is parked. */
import { type Backlog, readBacklog, readStuck, type Stuck } from '@hazir/store';
import { maskDetail } from './mask.ts';
import { print, printJson, printTable } from './output.ts';
import { span } from './since.ts';
import { withDatabase } from './with-database.ts';

const OLDEST = 10;
/** What waits shorter than this is on its way. */
const STUCK_MS = 5_000;
const STATES = ['being posted', 'due', 'in doubt'];

export async function showStuck({ json }: { json?: boolean }): Promise<void> {
  const { backlog, stuck } = await withDatabase(async (database) => ({
    backlog: await readBacklog(database),
    stuck: await readStuck(database, OLDEST),
  }));
  const late = {
    ...stuck,
    inbox: stuck.inbox.filter((row) => row.waitsMs > STUCK_MS),
    outbox: stuck.outbox.filter((row) => row.overdueMs > STUCK_MS || row.state === 2),
    calls: stuck.calls.filter((row) => row.waitsMs > STUCK_MS),
  };
  if (json) return printJson({ ...backlog, stuck: { ...late, calls: late.calls.map(maskError) } });
  const sections = [...about(backlog), ...oldest(late)];
  if (sections.length === 0)
    return print(`Nothing is stuck. ${backlog.workers === 1 ? '1 process works' : `${backlog.workers} processes work`}.`);
  for (const { title, rows, next } of sections) {
    print(`${title}${next === undefined ? '' : `   -> ${next}`}`);
    printTable(rows.map((row) => ['', ...row]));
    print('');
  }
}

interface Section {
  title: string;
  rows: string[][];
  next?: string;
}

function about({ workers, stopped, inbox, outbox, parked }: Backlog): Section[] {
  const waiting = [
    ...inbox.map((row) => [row.organization, String(row.channelId), 'inbox', '', String(row.rows), `oldest ${ago(row.oldest)}`]),
    ...outbox.map((row) => [
      ...[row.organization, String(row.channelId), 'outbox', `${row.lane}, ${STATES[row.state] ?? ''}`],
      ...[String(row.rows), `oldest answers a message of ${ago(row.oldest)} ago`],
    ]),
  ];
  return present([
    {
      title: 'NO PROCESS WORKS: nothing is answered or sent',
      rows: workers === 0 ? [['start one with the role worker or both']] : [],
      next: 'hazir start --role worker',
    },
    {
      title: 'Stopped numbers: their whole queue is held',
      rows: stopped.map(({ channelId, organization, name, reason, since }) => [
        `number ${channelId}`,
        organization,
        name,
        `for ${ago(since)}`,
        reason,
      ]),
      next: 'mend the cause, then: hazir channel resume ID',
    },
    { title: 'Waiting, by organization and number', rows: waiting },
    {
      title: 'Parked',
      rows: parked.map(({ organization, direction, reason, rows }) => [organization, direction, reason, String(rows)]),
      next: 'hazir parked list',
    },
  ]);
}

function oldest({ inbox, outbox, calls, lateTimers }: Stuck): Section[] {
  return present([
    {
      title: 'Oldest in the inbox',
      rows: inbox.map((row) => [
        row.id,
        `number ${row.channelId}`,
        `waits ${span(row.waitsMs)}`,
        `${row.attempts} failed attempts`,
      ]),
      next: 'hazir trace ID',
    },
    {
      title: 'Oldest in the outbox',
      rows: outbox.map((row) => [
        ...[row.id, `number ${row.channelId}`, row.lane, STATES[row.state] ?? ''],
        row.overdueMs < 0 ? `looked at in ${span(-row.overdueMs)}` : `due for ${span(row.overdueMs)}`,
        `${row.attempt} refused, ${row.doubts} in doubt`,
      ]),
      next: 'hazir trace ID',
    },
    {
      title: 'Outside calls without an answer: their citizens wait',
      rows: calls
        .map(maskError)
        .map((row) => [
          ...[row.callId, `number ${row.channelId ?? '?'}`, `for ${span(row.waitsMs)}`],
          `attempt ${row.attempts} of ${row.most}`,
          row.lastError ?? '',
        ]),
    },
    { title: 'Timers that are late', rows: lateTimers === 0 ? [] : [[`${lateTimers} conversations`]] },
  ]);
}

function present(sections: Section[]): Section[] {
  return sections.filter(({ rows }) => rows.length > 0);
}

function maskError(call: Stuck['calls'][number]): Stuck['calls'][number] {
  return { ...call, lastError: call.lastError && maskDetail(call.lastError.split('\n')[0] ?? '') };
}

function ago(at: Date): string {
  return span(Date.now() - at.getTime());
}
