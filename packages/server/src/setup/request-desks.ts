/** What each pack says of service requests: for what is done by itself, and for officers' commands. */
import { HazirError, isJsonObject, property } from '@hazir/core';
import type { CompiledPack } from '@hazir/flow';
import type { ChannelBook, PackBook } from '@hazir/runtime';
import { loadServices, type RequestDesk, type RequestDesks } from '@hazir/services';
import { type Database, newestVersions, readPackVersion } from '@hazir/store';
import { readHead, stringsOf } from './pack-head.ts';

const desks = new WeakMap<CompiledPack, RequestDesk>();
const SERVICE = 'service-requests';

export function learnRequestDesk(pack: CompiledPack, desk: RequestDesk): void {
  desks.set(pack, desk);
}

/** Of a pack; undefined where it has no service requests. */
export function requestDeskOf(pack: CompiledPack): RequestDesk | undefined {
  return desks.get(pack);
}

/** Of every organization whose numbers run a pack with service requests. */
export function currentDesks({ channels, packs }: { channels: ChannelBook; packs: PackBook }): RequestDesks {
  const found = new Map<number, RequestDesk>();
  for (const { organizationId, pack: id } of channels.all()) {
    const pack = packs.current(organizationId, id)?.pack;
    const desk = pack && desks.get(pack);
    if (desk !== undefined) found.set(organizationId, desk);
  }
  return found;
}

/** For a command, which has no packs in memory. Throws where no pack of the organization has service requests. */
export async function readRequestDesk(database: Database, organizationId: number): Promise<RequestDesk> {
  for (const version of await newestVersions(database)) {
    const found = version.organizationId === organizationId ? await readPackVersion(database, version) : undefined;
    const desk = found && deskIn(found.files);
    if (desk !== undefined) return desk;
  }
  throw new HazirError('usage:request', 'No pack of this organization has service requests.', {
    hint: 'See: hazir pack list',
  });
}

function deskIn(files: Readonly<Record<string, string>>): RequestDesk | undefined {
  const head = readHead(files['pack.yaml'] ?? '');
  const services = property(head, 'services');
  const settings = isJsonObject(services) ? services[SERVICE] : undefined;
  if (settings === undefined) return undefined;
  const languages = stringsOf(property(head, 'languages'));
  const defaultLanguage = stringsOf(property(head, 'defaultLanguage'))[0] ?? languages[0] ?? 'en';
  const readText = (path: string) => files[path];
  return loadServices({ [SERVICE]: settings }, { languages, defaultLanguage, readText, published: true }).requestDesk;
}
