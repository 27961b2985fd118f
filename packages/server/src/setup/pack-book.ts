/** The packs that run, by organization and version; older versions come from the database when a conversation needs them. */
import { HazirError } from '@hazir/core';
import type { StepContext } from '@hazir/flow';
import type { LoadedPack, Log, PackBook } from '@hazir/runtime';
import type { SearchedTexts } from '@hazir/services';
import { type Database, newestVersions, type PackVersion, publishPack, readPackVersion, saveTextSet } from '@hazir/store';
import { compileFiles } from './compile-pack.ts';
import { createModels } from './models.ts';
import type { PackFiles } from './read-pack.ts';

export interface PublishingPackBook extends PackBook {
  /** Makes a pack the current one of an organization; throws `pack:refused` when it has problems. */
  publish: (organizationId: number, source: PackFiles) => Promise<LoadedPack>;
  /** Takes over what another process has published since. */
  refresh: () => Promise<void>;
  /** What free text means to a version whose classifier is ready. */
  understand: NonNullable<StepContext['understand']>;
}

export async function openPackBook(database: Database, log: Log): Promise<PublishingPackBook> {
  const versions = new Map<string, LoadedPack>();
  const current = new Map<string, LoadedPack>();
  const models = createModels({ database, log });
  const versionKey = (organizationId: number, pack: string, version: string) => `${organizationId}|${pack}|${version}`;
  const store = async (organizationId: number, searched: readonly SearchedTexts[]): Promise<void> => {
    for (const { name, read } of searched) await database.transaction((tx) => saveTextSet(tx, { organizationId, name }, read));
  };
  const compile = async ({ organizationId, pack, version, files }: PackVersion): Promise<LoadedPack | undefined> => {
    const source = { id: pack, version, files: new Map(Object.entries(files)) };
    const { loaded, problems, searched } = compileFiles(source, { published: true });
    if (loaded === undefined) log('error', 'pack_refused', { pack, version, problems: problems.slice(0, 5) });
    else {
      await store(organizationId, searched);
      versions.set(versionKey(organizationId, pack, version), loaded);
    }
    return loaded;
  };
  /** Whoever publishes trains, so that the model is only read here; where it is missing nobody waits until it is there. */
  const take = async (found: PackVersion): Promise<LoadedPack | undefined> => {
    const loaded = await compile(found);
    if (loaded !== undefined && !(await models.read(found, loaded.pack))) void models.prepare(found, loaded.pack);
    return loaded;
  };
  const refresh = async () => {
    for (const { organizationId, pack, version } of await newestVersions(database)) {
      if (current.get(`${organizationId}|${pack}`)?.pack.version === version) continue;
      const newest = await readPackVersion(database, { organizationId, pack, version });
      const loaded = newest && (await take(newest));
      if (loaded !== undefined) current.set(`${organizationId}|${pack}`, loaded);
    }
  };
  await refresh();
  return {
    refresh,
    understand: models.understand,
    current: (organizationId, pack) => current.get(`${organizationId}|${pack}`),
    byVersion: (organizationId, pack, version) => versions.get(versionKey(organizationId, pack, version)),
    load: async (organizationId, pack, version) => {
      const found = await readPackVersion(database, { organizationId, pack, version });
      if (found !== undefined) await take(found);
    },
    publish: async (organizationId, source) => {
      const known = versions.get(versionKey(organizationId, source.id, source.version));
      const { loaded, problems, searched } =
        known === undefined ? compileFiles(source) : { loaded: known, problems: [], searched: [] };
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
      // Before anybody can run the version: a citizen must not meet it without.
      await store(organizationId, searched);
      await models.prepare({ organizationId, pack: source.id, version: source.version }, loaded.pack);
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
