/** For tests: citizens and an officer of one organization, at work on service requests. */
import { type CallResult, type CallSubject, type Json, type JsonObject, textProperty } from '@hazir/core';
import { type Database, ensureOrganization, freshId } from '@hazir/store';
import type { Outcome } from '../define-operation.ts';
import { attempt, citizen, loadMumbai, must, type TurnOptions } from '../testing.ts';
import { changeStatus, type StatusChanged } from './change-status.ts';
import type { OfficerEvent } from './life-cycle.ts';

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
  officer: (reference: string, event: OfficerEvent, now: Date, note?: string) => Promise<Outcome<StatusChanged>>;
  close: (reference: string, now: Date) => Promise<Outcome<StatusChanged>>;
}

/** Sets up an organization with Mumbai's categories. */
export async function openTestDesk(database: Database): Promise<TestDesk> {
  const services = loadMumbai();
  const organizationId = (await ensureOrganization(database, 'mumbai', 'Mumbai')).id;
  const run: TestDesk['run'] = (name, input, subject, turn = {}) =>
    attempt(services, [`serviceRequests.${name}`, input], { database, subject, now: START, ...turn });
  const ok: TestDesk['ok'] = (name, input, subject, turn = {}) =>
    must(services, [`serviceRequests.${name}`, input], { database, subject, now: START, ...turn });
  const officer: TestDesk['officer'] = (reference, event, now, note) => {
    const change = { organizationId, reference, event, actor: 'officer-1', now, newId: () => freshId(now.getTime()) };
    return database.transaction((tx) => changeStatus(tx, { ...change, ...(note !== undefined && { note }) }));
  };
  return {
    organizationId,
    run,
    ok,
    officer,
    somebody: () => citizen(organizationId),
    open: async (subject, turn, input = POTHOLE) => textProperty(await ok('open', input, subject, turn), 'reference') ?? '',
    find: (reference, subject, turn) => ok('find', { reference }, subject, turn),
    close: (reference, now) => officer(reference, 'service_request_closed', now),
  };
}
