/** Compiles a pack with the services that it names: the flows are checked against the operations that will run. */
import { channelAdapters } from '@hazir/channels';
import { isJsonObject, type Problem, property } from '@hazir/core';
import { compilePack } from '@hazir/flow';
import type { LoadedPack } from '@hazir/runtime';
import { loadServices, type SearchedTexts } from '@hazir/services';
import { learn } from './knowledge.ts';
import { learnNames } from './named-places.ts';
import { readHead, stringsOf } from './pack-head.ts';
import type { PackFiles } from './read-pack.ts';
import { learnServices } from './services-of.ts';

export interface Compiled {
  /** Absent when a problem forbids to run the pack. */
  loaded?: LoadedPack;
  problems: Problem[];
  /** Texts that must be in the database before the pack runs. */
  searched: SearchedTexts[];
}

/** `published`: it was judged when it was published, and is only read again. */
export function compileFiles(source: PackFiles, { published = false }: { published?: boolean } = {}): Compiled {
  const head = readHead(source.files.get('pack.yaml') ?? '');
  const languages = stringsOf(property(head, 'languages'));
  const services = property(head, 'services');
  const found = loadServices(isJsonObject(services) ? services : {}, {
    languages,
    defaultLanguage: stringsOf(property(head, 'defaultLanguage'))[0] ?? languages[0] ?? 'en',
    readText: (path) => source.files.get(path),
    published,
  });
  const { operations, problems, knows, names, searched, makers } = found;
  const channels = Object.fromEntries([...channelAdapters].map(([type, adapter]) => [type, adapter.capabilities]));
  const signatures = [...operations.values()].map((operation) => operation.signature);
  const compiled = compilePack(source, { operations: signatures, channels });
  if (compiled.pack !== undefined && knows !== undefined) learn(compiled.pack, knows, { atOnce: searched.length === 0 });
  if (compiled.pack !== undefined && names !== undefined) learnNames(compiled.pack, names);
  if (compiled.pack !== undefined) learnServices(compiled.pack, found);
  const all = [...problems, ...compiled.problems];
  return compiled.pack === undefined || problems.length > 0
    ? { problems: all, searched: [] }
    : { loaded: { pack: compiled.pack, operations, makers }, problems: all, searched };
}
