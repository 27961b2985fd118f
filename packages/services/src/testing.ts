/** For tests: the services as the Mumbai pack sets them up, and a citizen's turn to run operations in. */
import { readFileSync } from 'node:fs';
import type { CallResult, CallSubject, Json, JsonObject } from '@hazir/core';
import { type Database, derivedId, freshId, type OperationContext, type Tx } from '@hazir/store';
import { type LoadedServices, loadServices } from './load-services.ts';

export const MUMBAI_LANGUAGES = ['en', 'hi', 'mr', 'bn', 'ta'];

export const MUMBAI_SETTINGS: Record<string, JsonObject> = {
  directory: {
    areas: { file: 'data/wards.geojson', key: 'ward' },
    offices: 'data/ward-offices.csv',
    officials: 'data/officials.csv',
    postOffices: 'data/post-offices.csv',
    places: [
      { kind: 'sight', file: 'data/sights.csv' },
      { kind: 'walk', file: 'data/heritage-walks.csv' },
      { kind: 'emergency', file: 'data/emergency-numbers.csv' },
      { kind: 'hospital', file: 'data/hospitals.csv' },
    ],
    snapMetres: 300,
  },
  'service-requests': {
    categories: 'data/categories.yaml',
    departments: 'data/departments.yaml',
    posts: 'data/posts.csv',
    lifeCycles: 'data/life-cycles.yaml',
    calendars: 'data/calendars.yaml',
    clocks: 'data/clocks.yaml',
    notifications: 'data/notifications.yaml',
    reference: { prefix: 'MUM', digits: 8 },
    reopenHours: 72,
    ratingReasons: ['not-done', 'half-done', 'too-late', 'not-asked', 'unfriendly'],
  },
};

/** A file of the Mumbai pack; undefined when it is not there. */
export function readMumbai(path: string): string | undefined {
  try {
    return readFileSync(new URL(`../../../packs/mumbai/${path}`, import.meta.url), 'utf8');
  } catch {
    return undefined;
  }
}

/** Loads services with Mumbai's data; `files` replace or add files, `settings` replace a service's settings. */
export function loadMumbai(
  change: { files?: Record<string, string | undefined>; settings?: Record<string, Json>; languages?: string[] } = {},
): LoadedServices {
  const { files = {}, settings = MUMBAI_SETTINGS, languages = MUMBAI_LANGUAGES } = change;
  return loadServices(settings, {
    languages,
    defaultLanguage: 'en',
    readText: (path) => (Object.hasOwn(files, path) ? files[path] : readMumbai(path)),
  });
}

export interface TurnOptions {
  now?: Date;
  language?: string;
  /** Names the turn: the same one again is a replay. */
  turn?: string;
  random?: () => number;
}

/** A citizen, as the runtime would present one. */
export function citizen(organizationId: number, contactId = freshId(0)): CallSubject {
  return { organizationId, contactId, conversationId: `${contactId}/7`, language: 'en' };
}

/** Runs an operation as one turn of a citizen. */
export async function call(
  { operations }: LoadedServices,
  [name, input]: [string, JsonObject],
  { tx, subject, ...options }: { tx: Tx; subject: CallSubject } & TurnOptions,
): Promise<CallResult> {
  const operation = operations.get(name);
  if (operation === undefined) throw new Error(`No operation ${name}`);
  const now = options.now ?? new Date('2026-11-22T09:00:00Z');
  const turn = options.turn ?? freshId(now.getTime());
  let ids = 0;
  const context: OperationContext = {
    tx,
    now,
    subject: { ...subject, language: options.language ?? subject.language },
    newId: () => derivedId(turn, `${name}/${ids++}`),
    random: options.random ?? Math.random,
  };
  return operation.run(input, context);
}

/** Runs an operation in a transaction of its own, and returns its value; throws for an error result. */
export async function must(
  services: LoadedServices,
  request: [string, JsonObject],
  place: { database: Database; subject: CallSubject } & TurnOptions,
): Promise<Json> {
  const result = await attempt(services, request, place);
  if (!result.ok) throw new Error(`${request[0]}: ${result.error.code}`);
  return result.value;
}

/** Runs an operation in a transaction of its own. */
export function attempt(
  services: LoadedServices,
  request: [string, JsonObject],
  { database, ...turn }: { database: Database; subject: CallSubject } & TurnOptions,
): Promise<CallResult> {
  return database.transaction((tx) => call(services, request, { tx, ...turn }));
}
