/** For tests: a centre in Lucknow with sessions as a file has them, and citizens who book there. */
import type { CallResult, CallSubject, Json, JsonObject } from '@hazir/core';
import { listProperty, property, textProperty } from '@hazir/core';
import { type Database, ensureOrganization } from '@hazir/store';
import { loadServices } from '../load-services.ts';
import { attempt, citizen, must, type TurnOptions } from '../testing.ts';
import { type ImportedSessions, importSessions } from './import.ts';

/** Sunday, 14:30 in India. */
export const START = new Date('2026-11-22T09:00:00.000Z');

export const HEADER =
  'session,resource,name,address,pin,district,latitude,longitude,date,from,to,class,capacity,kind,fee,min_age,max_age,doses,residence,allowances,publish_at,draw_at';

export interface TestCentre {
  organizationId: number;
  somebody: () => CallSubject;
  importCsv: (lines: readonly string[], now?: Date) => Promise<ImportedSessions>;
  /** Runs an operation by its name without "appointments.". */
  run: (name: string, input: JsonObject, subject: CallSubject, turn?: TurnOptions) => Promise<CallResult>;
  ok: (name: string, input: JsonObject, subject: CallSubject, turn?: TurnOptions) => Promise<Json>;
  /** The id of the first slot that a search for this kind finds. */
  slot: (kind: string, person?: JsonObject, now?: Date) => Promise<string>;
}

/** One line of a file; `change` replaces columns. */
export function line(change: Readonly<Record<string, string>>): string {
  const values: Record<string, string> = {
    session: 's1',
    resource: 'phc-1',
    name: 'PHC Gomti Nagar',
    address: 'Vibhuti Khand',
    pin: '226010',
    district: 'Lucknow',
    latitude: '26.86',
    longitude: '81.01',
    date: '2026-11-24',
    from: '09:00',
    to: '11:00',
    capacity: '2',
    kind: change.session ?? 's1',
    ...change,
  };
  return HEADER.split(',')
    .map((column) => values[column] ?? '')
    .join(',');
}

export async function openTestCentre(database: Database, settings: JsonObject = {}): Promise<TestCentre> {
  const services = loadServices(
    { appointments: settings },
    { languages: ['en', 'hi'], defaultLanguage: 'en', readText: () => undefined },
  );
  const organizationId = (await ensureOrganization(database, 'lucknow', 'Lucknow')).id;
  const turnOf = (subject: CallSubject, turn: TurnOptions = {}) => ({ database, subject, now: START, ...turn });
  const ok: TestCentre['ok'] = (name, input, subject, turn) =>
    must(services, [`appointments.${name}`, input], turnOf(subject, turn));
  return {
    organizationId,
    ok,
    somebody: () => citizen(organizationId),
    run: (name, input, subject, turn) => attempt(services, [`appointments.${name}`, input], turnOf(subject, turn)),
    importCsv: (lines, now = START) =>
      database.transaction((tx) =>
        importSessions(tx, {
          organizationId,
          name: 'sessions.csv',
          text: [HEADER, ...lines].join('\n'),
          languages: ['en', 'hi'],
          now,
        }),
      ),
    slot: async (kind, person = { id: 'self' }, now = START) => {
      const subject = citizen(organizationId);
      const [session] = listOf(await ok('sessions', { kind, person }, subject, { now }));
      const slots = await ok('slots', { session: property(session, 'session') ?? null, person }, subject, { now });
      return textProperty(listOf(slots)[0], 'slot') ?? '';
    },
  };
}

/** "ok", or the code of the error. */
export function codeOf(result: CallResult): string {
  return result.ok ? 'ok' : result.error.code.replace('appointments:', '');
}

export function listOf(value: Json): Json[] {
  return listProperty({ value }, 'value');
}
