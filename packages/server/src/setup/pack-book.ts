/** The packs that run, by organization and version; older versions come from the database when a conversation needs them. */
import { HazirError } from '@hazir/core';
import type { LoadedPack, Log, PackBook } from '@hazir/runtime';
import { type Database, newestVersions, type PackVersion, publishPack, readPackVersion } from '@hazir/store';
import { compileFiles } from './compile-pack.ts';
import type { PackFiles } from './read-pack.ts';

export interface PublishingPackBook extends PackBook {
  /** Makes a pack the current one of an organization; throws `pack:refused` when it has problems. */
  publish: (organizationId: number, source: PackFiles) => Promise<LoadedPack>;
  /** Takes over what another process has published since. */
  refresh: () => Promise<void>;
}

export async function openPackBook(database: Database, log: Log): Promise<PublishingPackBook> {
  const versions = new Map<string, LoadedPack>();
  const current = new Map<string, LoadedPack>();
  const versionKey = (organizationId: number, pack: string, version: string) => `${organizationId}|${pack}|${version}`;
  const compile = ({ organizationId, pack, version, files }: PackVersion): LoadedPack | undefined => {
    const { loaded, problems } = compileFiles({ id: pack, version, files: new Map(Object.entries(files)) });
    if (loaded === undefined) log('error', 'pack_refused', { pack, version, problems: problems.slice(0, 5) });
    else versions.set(versionKey(organizationId, pack, version), loaded);
    return loaded;
  };
  const refresh = async () => {
    for (const { organizationId, pack, version } of await newestVersions(database)) {
      if (current.get(`${organizationId}|${pack}`)?.pack.version === version) continue;
      const newest = await readPackVersion(database, { organizationId, pack, version });
      const loaded = newest && compile(newest);
      if (loaded !== undefined) current.set(`${organizationId}|${pack}`, loaded);
    }
  };
  await refresh();
  return {
    refresh,
    current: (organizationId, pack) => current.get(`${organizationId}|${pack}`),
    byVersion: (organizationId, pack, version) => versions.get(versionKey(organizationId, pack, version)),
    load: async (organizationId, pack, version) => {
      const found = await readPackVersion(database, { organizationId, pack, version });
      if (found !== undefined) compile(found);
    },
    publish: async (organizationId, source) => {
      const known = versions.get(versionKey(organizationId, source.id, source.version));
      const { loaded, problems } = known === undefined ? compileFiles(source) : { loaded: known, problems: [] };
      if (loaded === undefined) {
        const first = problems[0];
        throw new HazirError(
          'pack:refused',
          `The pack ${source.id} has problems${first ? `; the first: ${first.file}:${first.line} ${first.message}` : ''}.`,
          {
            hint: `Run: hazir pack check ${source.id}`,
          },
        );
      }
      await publishPack(database, {
        organizationId,
        pack: source.id,
        version: source.version,
        files: Object.fromEntries(source.files),
      });
      versions.set(versionKey(organizationId, source.id, source.version), loaded);
      current.set(`${organizationId}|${source.id}`, loaded);
      return loaded;
    },
  };
}
