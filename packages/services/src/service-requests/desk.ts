/** What everything about service requests shares: what the pack says of them, shapes, and finding a citizen's own request. */
import type { ErrorCode } from '@hazir/core';
import type { OperationContext } from '@hazir/store';
import { z } from 'zod';
import type { Boundary } from '../data/boundaries.ts';
import { textIn } from '../data/localized.ts';
import { failed, type Outcome } from '../define-operation.ts';
import type { Categories } from './categories.ts';
import type { ClockRules } from './clocks/rules.ts';
import { type LifeCycle, movesFrom, reopens, reopensUntil, STATE_KINDS, type State, stateOf } from './life-cycles/life-cycle.ts';
import { DEFAULT_LIFE_CYCLE } from './life-cycles/read.ts';
import type { Notification } from './notifications/matrix.ts';
import { findByReference, type RequestRow } from './records.ts';
import { readReference } from './reference.ts';
import type { Matter, Responsibility } from './responsibility/responsibility.ts';
import type { ServiceRequestSettings } from './settings.ts';

export interface RequestDesk {
  settings: ServiceRequestSettings;
  categories: Categories;
  /** By code; the default one is among them. */
  lifeCycles: ReadonlyMap<string, LifeCycle>;
  responsibility: Responsibility;
  clocks: ClockRules;
  notifications: readonly Notification[];
  /** Of the areas for which open data is published; undefined: there is none. */
  boundaries: readonly Boundary[] | undefined;
  defaultLanguage: string;
}

export const badInput = 'service-requests:bad-input';
export const BAD_REFERENCE: ErrorCode = 'service-requests:bad-reference';
export const NOT_FOUND: ErrorCode = 'service-requests:not-found';

/** A reference as typed; each operation reads it in any form. */
export const typedReference = z
  .string()
  .max(200)
  .describe('As typed: digits of any script, with or without prefix, dashes and spaces.');
export const stateCode = z.string().describe('Code of the state in the life cycle.');
export const stateKind = z.enum(STATE_KINDS);
/** A citizen's message: its id, or what "ask" saved of it. */
export const messageReference = z.union([z.uuid(), z.object({ messageId: z.uuid() }).transform(({ messageId }) => messageId)]);

/** What came with one report: more than a request may have is no mistake of the citizen's, the first ones are kept. */
export const sentAlong = z
  .array(messageReference)
  .max(200)
  .default([])
  .describe("The citizen's messages with photos or documents.");

/** The name of a category for a citizen; its code where the pack has dropped it. */
export function categoryName({ categories, defaultLanguage }: RequestDesk, code: string, language: string): string {
  const found = categories.byCode(code);
  return found === undefined ? code : textIn(found.name, language, defaultLanguage);
}

/** The name of a department; its code where the pack has no names for them. */
export function departmentName({ responsibility, defaultLanguage }: RequestDesk, code: string, language: string): string {
  const found = responsibility.departments.get(code);
  return found === undefined ? code : textIn(found.name, language, defaultLanguage);
}

/** The life cycle of a category. */
export function lifeCycleOf({ categories, lifeCycles }: RequestDesk, serviceCode: string): LifeCycle {
  const cycle =
    lifeCycles.get(categories.byCode(serviceCode)?.lifeCycle ?? DEFAULT_LIFE_CYCLE) ?? lifeCycles.get(DEFAULT_LIFE_CYCLE);
  if (cycle === undefined) throw new Error('a desk without the default life cycle');
  return cycle;
}

/** The state that a request is in. */
export function currentState(desk: RequestDesk, row: RequestRow): State {
  return stateOf(lifeCycleOf(desk, row.service_code), row.status, row.kind);
}

/** What is known of a request when its responsible post is looked for. */
export function matterOf({ categories }: RequestDesk, { service_code: serviceCode, area, department }: RequestRow): Matter {
  return { serviceCode, area, department: department ?? categories.byCode(serviceCode)?.department ?? '' };
}

/** When somebody's right to reopen ends; undefined for what is not theirs to reopen. */
export function reopenableUntil(desk: RequestDesk, row: RequestRow, as: 'citizen' | 'follower'): Date | undefined {
  const [cycle, state] = [lifeCycleOf(desk, row.service_code), currentState(desk, row)];
  const move = movesFrom(cycle, state, [as]).find((one) => reopens(cycle, one, state));
  if (move === undefined || row.closed_at === null) return undefined;
  return reopensUntil(row.closed_at, move.withinHours ?? desk.settings.reopenHours);
}

/** Finds a request by what was typed and locks it. Fails for a slip and for an unknown reference. */
export async function findTyped(
  { settings }: RequestDesk,
  typed: string,
  { tx, subject }: OperationContext,
): Promise<Outcome<RequestRow>> {
  const reference = readReference(settings.reference, typed);
  if (reference === undefined) return failed(BAD_REFERENCE, 'The digits do not make a reference.');
  const row = await findByReference(tx, subject.organizationId, { reference, lock: true });
  return row === undefined ? failed(NOT_FOUND, 'No request has this reference.') : { ok: true, value: row };
}
