/** The names of places that a pack knows, for questions that take them. */
import type { CompiledPack, StepContext } from '@hazir/flow';
import type { NamesPlace } from '@hazir/services';

const names = new WeakMap<CompiledPack, NamesPlace>();

/** What a pack's names are asked by, from now on. */
export function learnNames(pack: CompiledPack, namesPlace: NamesPlace): void {
  names.set(pack, namesPlace);
}

/** For the engine: whether words name a place of the pack. */
export const namedIn: NonNullable<StepContext['named']> = (words, pack) => names.get(pack)?.(words);
