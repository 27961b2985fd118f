/** Chance that can be repeated: the same seed throws the same dice. */
export interface Dice {
  /** From 0 to 1, 1 excluded. */
  next: () => number;
  between: (least: number, most: number) => number;
  chance: (share: number) => boolean;
  pick: <One>(list: readonly One[]) => One | undefined;
  shuffle: <One>(list: readonly One[]) => One[];
  /** One of the names, by weight. */
  weigh: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)],
    shuffle: (list) =>
      list
        .map((one) => ({ one, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one),
    weigh: (weights) => {
      const names = keysOf(weights);
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0);
      for (const name of names) {
        left -= weights[name];
        if (left < 0) return name;
      }
      throw new Error('there is nothing to weigh');
    },
  };
}

function keysOf<Name extends string>(weights: Readonly<Record<Name, number>>): Name[] {
  const names: Name[] = [];
  for (const name in weights) names.push(name);
  return names;
}
