/** Jurisdictions: the organizations of a server whose packs take part in Open311. */
import type { Operation } from '@hazir/store';
import type { Open311Desk } from './desk.ts';
import type { Arguments } from './protocol/arguments.ts';
import { badRequest, notFound } from './protocol/refusal.ts';

export interface Jurisdiction {
  /** The organization's short name; the pack may have another name besides. */
  id: string;
  organizationId: number;
  desk: Open311Desk;
  /** Those of the pack: what citizens can do is what others can do. */
  operations: ReadonlyMap<string, Operation>;
}

/** The one that is meant. With a single one nothing need be said; a wrong name is refused all the same. */
export function chooseJurisdiction(all: readonly Jurisdiction[], given: Arguments): Jurisdiction {
  const wanted = given.text('jurisdiction_id');
  const [only] = all;
  if (wanted === undefined) {
    if (only === undefined) return notFound('There is no jurisdiction here.');
    return all.length === 1 ? only : badRequest('jurisdiction_id was not provided.');
  }
  const found = all.find(({ id }) => id === wanted) ?? all.find(({ desk }) => desk.open311.jurisdiction === wanted);
  return found ?? notFound(`jurisdiction_id ${wanted} was not found.`);
}
