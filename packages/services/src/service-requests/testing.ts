/** For tests: citizens and an officer of one organization, at work on service requests. */
import { type CallResult, type CallSubject, type Json, type JsonObject, textProperty } from '@hazir/core';
import { type Channel, type Database, ensureOrganization, freshId, saveChannel } from '@hazir/store';
import type { Outcome } from '../define-operation.ts';
import { attempt, citizen, loadMumbai, must, type TurnOptions } from '../testing.ts';
import type { RequestDesk } from './desk.ts';
import { type MoveInput, moveRequest } from './move.ts';
import type { RequestRow } from './records.ts';

const HOUR = 3_600_000;

export const START = new Date('2026-11-22T09:00:00.000Z');

export const POTHOLE: JsonObject = {
  category: 'pothole',
  description: 'Deep, opposite the school',
  place: { latitude: 19.0268, longitude: 72.8386, name: 'Balmohan', address: 'Shivaji Park' },
  area: 'G/N',
};

/** Some time after START. */
export function after(hours: number, milliseconds = 0): Date {
  return new Date(START.getTime() + hours * HOUR + milliseconds);
}

export interface TestDesk {
  organizationId: number;
  /** A citizen whom nobody knows yet. */
  somebody: () => CallSubject;
  /** Runs an operation by its name without "serviceRequests.". */
  run: (name: string, input: JsonObject, subject: CallSubject, turn?: TurnOptions) => Promise<CallResult>;
  /** The same, and throws for an error result. */
  ok: (name: string, input: JsonObject, subject: CallSubject, turn?: TurnOptions) => Promise<Json>;
  /** Opens a request and returns its reference. */
  open: (subject: CallSubject, turn?: TurnOptions, input?: JsonObject) => Promise<string>;
  find: (reference: string, subject: CallSubject, turn?: TurnOptions) => Promise<Json>;
  /** What the pack says. */
  desk: RequestDesk;
  /** Moves a request as whoever runs Hazir, or as an officer on a post. */
  move: (reference: string, move: string, now: Date, more?: MoveOptions) => Promise<Outcome<RequestRow>>;
  close: (reference: string, now: Date) => Promise<Outcome<RequestRow>>;
}

type MoveOptions = Omit<MoveInput, 'reference' | 'move'> & { post?: string };

/** Sets up an organization with Mumbai's categories. */
export async function openTestDesk(database: Database): Promise<TestDesk> {
  const services = loadMumbai();
  const organizationId = (await ensureOrganization(database, 'mumbai', 'Mumbai')).id;
  const run: TestDesk['run'] = (name, input, subject, turn = {}) =>
    attempt(services, [`serviceRequests.${name}`, input], { database, subject, now: START, ...turn });
  const ok: TestDesk['ok'] = (name, input, subject, turn = {}) =>
    must(services, [`serviceRequests.${name}`, input], { database, subject, now: START, ...turn });
  const desk = services.requestDesk;
  if (desk === undefined) throw new Error('Mumbai has no service requests');
  const move: TestDesk['move'] = (reference, code, now, { post, ...more } = {}) => {
    const actor =
      post === undefined ? { as: 'system' as const, id: 'officer-1' } : { as: 'officer' as const, id: 'officer-1', post };
    const acting = { organizationId, actor, now, newId: () => freshId(now.getTime()) };
    return database.transaction((tx) => moveRequest(tx, desk, { reference, move: code, ...more, ...acting }));
  };
  return {
    organizationId,
    run,
    ok,
    desk,
    move,
    somebody: () => citizen(organizationId),
    open: async (subject, turn, input = POTHOLE) => textProperty(await ok('open', input, subject, turn), 'reference') ?? '',
    find: (reference, subject, turn) => ok('find', { reference }, subject, turn),
    close: (reference, now) => move(reference, 'close', now, { note: 'Done' }),
  };
}

/** A number of the organization, from which its officers are told. */
export function saveNumber(database: Database, organizationId: number): Promise<Channel> {
  return saveChannel(database, {
    ...{ organizationId, channelType: 'whatsapp', accountId: 'a', businessId: 'b', name: 'n', displayPhone: null },
    ...{ pack: 'mumbai', baseUrl: 'https://graph.invalid', version: 'v25.0', appId: null, accessToken: 't', appSecret: 's' },
    ...{ verifyToken: 'v', messagesPerSecond: 80, readReceipts: true },
  });
}
