import { property } from '@hazir/core';
import { type Database, ensureOrganization } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { loadServices } from '../load-services.ts';
import { citizen, must } from '../testing.ts';
import { listSessions } from './officer.ts';
import { planSessions } from './schedule.ts';
import { listOf, START } from './testing.ts';
import { DAY, later } from './times.ts';

const HEADER =
  'session,resource,name,address,days,from,to,capacity,kind,starts_on,ends_on,publish_days_before,publish_time,rule,except,also';
const LINE = 'gn,phc-gn,PHC Gomti Nagar,Vibhuti Khand,mon;wed,09:00,11:00,3,covishield,,,,,,,';

/** The second Saturday of the month, or another rule, counted from New Year. */
function withRule(rule: string, more = ',') {
  return `gn,phc-gn,PHC Gomti Nagar,Vibhuti Khand,,09:00,11:00,3,covishield,2026-01-01,,,,"${rule}",${more}`;
}

function load(lines: readonly string[], holidays = 'date,resource\n') {
  const files = new Map([
    ['schedule.csv', [HEADER, ...lines].join('\n')],
    ['holidays.csv', holidays],
  ]);
  return loadServices(
    { appointments: { schedule: 'schedule.csv', holidays: 'holidays.csv', bookAheadDays: 7 } },
    { languages: ['en'], defaultLanguage: 'en', readText: (path) => files.get(path) },
  );
}

let database: Database;
let organizations = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});

async function plan(lines: readonly string[], { holidays, days = [0] }: { holidays?: string; days?: number[] } = {}) {
  const services = load(lines, holidays);
  organizations += 1;
  const { id: organizationId } = await ensureOrganization(database, `plan-${organizations}`, 'Plan');
  const added: number[] = [];
  for (const day of days) {
    const { schedule } = services;
    if (schedule === undefined) throw new Error('the schedule has problems');
    added.push(await database.transaction((tx) => planSessions(tx, { organizationId, schedule, now: later(START, day * DAY) })));
  }
  const sessions = await listSessions(database, { organizationId, from: '2026-11-01', now: START, limit: 100 });
  return { added, services, organizationId, codes: sessions.map(({ session }) => session) };
}

describe('sessions that come again (START is a Sunday, 2026-11-22)', () => {
  test('are there for as many days as can be booked, once', async () => {
    const { added, codes, services, organizationId } = await plan([LINE], { days: [0, 0, 1, 2] });
    expect(codes).toEqual(['gn-2026-11-23', 'gn-2026-11-25', 'gn-2026-11-30']);
    expect(added).toEqual([2, 0, 1, 0]);
    const place = { database, subject: citizen(organizationId), now: START };
    const found = await must(services, ['appointments.sessions', { kind: 'covishield' }], place);
    expect(listOf(found).map((each) => [property(each, 'date'), property(each, 'free')])).toEqual([
      ['2026-11-23', 3],
      ['2026-11-25', 3],
    ]);
  });

  test('leave out holidays, everywhere or at one resource, and what is before the first or after the last date', async () => {
    const lines = [
      LINE,
      LINE.replace('gn,phc-gn', 'ab,phc-ab'),
      LINE.replace('gn,phc-gn', 'cd,phc-cd').replace(/covishield,,/, 'covishield,2026-11-24,2026-11-28'),
    ];
    const { codes } = await plan(lines, { holidays: 'date,resource\n2026-11-23,\n2026-11-25,phc-ab\n' });
    expect(codes).toEqual(['cd-2026-11-25', 'gn-2026-11-25']);
  });

  test.each([
    ['the last Saturday of the month', withRule('FREQ=MONTHLY;BYDAY=-1SA'), ['gn-2026-11-28']],
    [
      'every second week',
      withRule('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH').replace('2026-01-01', '2026-01-05'),
      ['gn-2026-11-23', 'gn-2026-11-26'],
    ],
    ['until its end', withRule('FREQ=DAILY;UNTIL=20261124T235959Z'), ['gn-2026-11-22', 'gn-2026-11-23', 'gn-2026-11-24']],
    ['without some dates and with others', withRule('FREQ=MONTHLY;BYDAY=-1SA', '2026-11-28,2026-11-24'), ['gn-2026-11-24']],
    ['on certain dates alone', LINE.replace('mon;wed', '').replace(/,$/, ',2026-11-26;2026-12-26'), ['gn-2026-11-26']],
  ])('come by a rule: %s', async (_what, line, expected) => {
    expect((await plan([line])).codes).toEqual(expected);
  });

  test('are published when the line says so', async () => {
    const { services, organizationId } = await plan([LINE.replace('covishield,,,,', 'covishield,,,1,20:00')]);
    const dates = async (now: string) =>
      listOf(
        await must(services, ['appointments.sessions', {}], { database, subject: citizen(organizationId), now: new Date(now) }),
      ).map((each) => property(each, 'date'));
    expect(await dates('2026-11-22T19:59:00+05:30')).toEqual([]);
    expect(await dates('2026-11-22T20:00:00+05:30')).toEqual(['2026-11-23']);
  });

  test('a session that an officer has changed stays as it is', async () => {
    const { organizationId, services } = await plan([LINE]);
    await database.query(`update appointment_sessions set cancelled_at = now() where organization_id = $1`, [organizationId]);
    const { schedule } = services;
    if (schedule === undefined) throw new Error('the schedule has problems');
    expect(await database.transaction((tx) => planSessions(tx, { organizationId, schedule, now: START }))).toBe(0);
  });
});

test.each([
  ['a day that is none', LINE.replace('mon;wed', 'moon'), 'mon;wed;fri'],
  ['a time that ends before it begins', LINE.replace('11:00', '08:00'), 'later than'],
  ['a time of publishing without its days', LINE.replace('covishield,,,,', 'covishield,,,,20:00'), 'goes together'],
  ['neither days nor a rule', LINE.replace('mon;wed', ''), 'days, or a rule'],
  ['days and a rule', withRule('FREQ=DAILY').replace(',,09:00', ',mon,09:00'), 'days, or a rule'],
  ['a rule that is none', withRule('FREQ=MONTHLY;BYDAY=9XX'), 'FREQ=MONTHLY;BYDAY=2SA'],
  ['a rule by the second', withRule('FREQ=SECONDLY'), 'FREQ=MONTHLY;BYDAY=2SA'],
  ['a rule without a first date', withRule('FREQ=DAILY').replace('2026-01-01', ''), 'first date'],
  ['a date that is none', LINE.replace(/,$/, ',2026-02-30'), '2027-01-26'],
  ['a line twice', `${LINE}\n${LINE}`, 'already'],
])('%s is a problem with its line', (_what, lines, words) => {
  const { problems } = load([lines]);
  expect(problems).toMatchObject([{ file: 'schedule.csv', message: expect.stringContaining(words) }]);
});
