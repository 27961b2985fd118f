/** The names of places that a pack knows, for questions that take them. */
import type { CompiledPack, StepContext } from '@hazir/flow';
import { normalize } from '@hazir/language';
import type { NamesPlace } from '@hazir/services';
import { phrasesOf } from './understanding.ts';

interface Known {
  names: NamesPlace;
  /** Words of the pack's own phrases. */
  everyday: ReadonlySet<string>;
}

const known = new WeakMap<CompiledPack, Known>();

/** What a pack's names are asked by, from now on. */
export function learnNames(pack: CompiledPack, names: NamesPlace): void {
  known.set(pack, { names, everyday: new Set(phrasesOf(pack).flatMap(({ text }) => wordsOf(text))) });
}

/** For the engine: whether words name a place of the pack. What citizens say of their matter is no place because it sounds like one. */
export const namedIn: NonNullable<StepContext['named']> = (words, pack) => {
  const own = known.get(pack);
  const found = own?.names(words);
  if (own === undefined || found === undefined) return undefined;
  const { sure, said, spelt } = found;
  const everyday = said !== undefined && !spelt && wordsOf(said).every((word) => own.everyday.has(word));
  return { sure, ...(said !== undefined && !everyday && { said }) };
};

function wordsOf(text: string): string[] {
  return normalize(text).split(' ');
}
