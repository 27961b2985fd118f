/** One request to the Graph API, read and authenticated. */
import type { JsonObject } from '@hazir/core';
import type { BusinessState, MediaFile, NumberState, Template, World } from '../world.ts';

export interface GraphCall {
  world: World;
  /** Major version of the path, for example 25. */
  version: number;
  query: URLSearchParams;
  body: JsonObject;
  /** A file of a multipart form. */
  file: { bytes: Uint8Array; mimeType: string; fileName: string } | undefined;
  /** Numbers that the token may speak for; never empty. */
  numbers: NumberState[];
}

/** What a path's id names. */
export type GraphObject =
  | { kind: 'number'; number: NumberState }
  | { kind: 'business'; business: BusinessState }
  | { kind: 'template'; template: Template }
  | { kind: 'media'; file: MediaFile };

/** Finds an object that the token may see. */
export function findObject(call: GraphCall, id: string): GraphObject | undefined {
  const { world } = call;
  const number = call.numbers.find((one) => one.options.numberId === id);
  if (number !== undefined) return { kind: 'number', number };
  const business = world.businesses.get(id);
  if (business !== undefined && maySee(call, id)) return { kind: 'business', business };
  for (const one of world.businesses.values()) {
    const template = one.templates.get(id);
    if (template !== undefined && maySee(call, one.businessId)) return { kind: 'template', template };
  }
  const file = world.media.files.get(id);
  return file === undefined || file.expiresAt <= world.schedule.now() ? undefined : { kind: 'media', file };
}

function maySee(call: GraphCall, businessId: string): boolean {
  return call.numbers.some((one) => one.options.businessId === businessId);
}
