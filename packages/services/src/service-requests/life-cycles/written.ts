/** Where a life cycle is written, so that its mistakes are told at their lines. */
import type { YamlData } from '../../data/yaml.ts';
import type { WrittenLifeCycle } from './schema.ts';

export interface Written {
  file: string;
  lineOf: YamlData['lineOf'];
  /** Path of the life cycle in the file. */
  path: PropertyKey[];
  source: WrittenLifeCycle;
}

/** Where a part of the whole stands in what is written. */
export function ownPath(
  source: WrittenLifeCycle,
  whole: Pick<WrittenLifeCycle, 'states' | 'moves'>,
  at: readonly PropertyKey[],
): readonly PropertyKey[] {
  if (source.extends === undefined) return at;
  const [list, index, ...rest] = at;
  if ((list !== 'states' && list !== 'moves') || typeof index !== 'number') return [];
  const own = source[list].findIndex(({ code }) => code === whole[list][index]?.code);
  return own < 0 ? [] : [list, own, ...rest];
}
