/** What a pack says of service requests, for a command. */
import { HazirError, isJsonObject, property } from '@hazir/core';
import { loadServices, type RequestDesk } from '@hazir/services';
import { type Database, newestVersions, readPackVersion } from '@hazir/store';
import { readHead, stringsOf } from './pack-head.ts';

const SERVICE = 'service-requests';

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
