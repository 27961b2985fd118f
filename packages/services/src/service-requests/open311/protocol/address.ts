/** The addresses of GeoReport v2: which resource, which one of it, in which format. */
import { FORMATS, type Format } from './render.ts';

export type Resource = 'discovery' | 'services' | 'requests' | 'tokens' | 'servicerequestupdates';

export interface Address {
  resource: Resource;
  /** Of one service, request or token. */
  id: string | undefined;
  format: Format;
}

/** Both /requests/{id} and /request/{id} are in use; `update` is what older versions of FixMyStreet ask for. */
const RESOURCES: ReadonlyMap<string, Resource> = new Map([
  ['services', 'services'],
  ['requests', 'requests'],
  ['request', 'requests'],
  ['tokens', 'tokens'],
  ['servicerequestupdates', 'servicerequestupdates'],
  ['update', 'servicerequestupdates'],
]);
const WITH_ID: readonly Resource[] = ['services', 'requests', 'tokens'];

/** Undefined for what is not there; `path` follows /open311. */
export function readAddress(path: string): Address | undefined {
  const found = /^\/(?:(discovery)|v2\/([a-z]{1,30})(?:\/([^/]{1,200}))?)\.([a-z]{1,10})$/.exec(path);
  const format = FORMATS.find((one) => one === found?.[4]);
  if (found === null || format === undefined) return undefined;
  if (found[1] !== undefined) return { resource: 'discovery', id: undefined, format };
  const resource = RESOURCES.get(found[2] ?? '');
  const id = decoded(found[3]);
  if (resource === undefined || (id !== undefined && !WITH_ID.includes(resource))) return undefined;
  return resource === 'tokens' && id === undefined ? undefined : { resource, id, format };
}

/** In which an error is written: what was asked for, else XML, which every client must read. */
export function formatOf(path: string): Format {
  return path.endsWith('.json') ? 'json' : 'xml';
}

function decoded(id: string | undefined): string | undefined {
  try {
    return id === undefined ? undefined : decodeURIComponent(id);
  } catch {
    return id;
  }
}
