/**
 * One line between the phrases of an intent and all others: an L2-loss linear support vector machine, trained by dual
 * coordinate descent with shrinking (Hsieh and others, "A dual coordinate descent method for large-scale linear SVM", 2008).
 * It visits the phrases in a seeded order, so the same phrases always give the same model.
 */

/** Sparse vectors one after another. Row `i` holds the entries `starts[i]` to `starts[i + 1]`. */
export interface Rows {
  starts: Uint32Array;
  features: Uint32Array;
  values: Float32Array;
  /** Squared length of each row, with the constant feature of the bias. */
  squares: Float64Array;
}

export interface SeparateOptions {
  /** Number of features. */
  width: number;
  /** Random number in [0, 1). */
  random: () => number;
  /** How much a phrase on the wrong side costs. */
  cost: number;
  /** Most times that all phrases are visited. */
  passes: number;
  /** Ends earlier when no phrase pulls harder than this. */
  tolerance: number;
}

export interface Separator {
  weights: Float64Array;
  bias: number;
}

/** Trains one separator; `wanted` tells by row whether it belongs to the intent. */
export function separate(rows: Rows, wanted: readonly boolean[], options: SeparateOptions): Separator {
  const count = wanted.length;
  const positives = wanted.filter(Boolean).length;
  const positiveCost = options.cost * Math.sqrt((count - positives) / Math.max(1, positives));
  const state: State = {
    rows,
    weights: new Float64Array(options.width),
    bias: 0,
    alphas: new Float64Array(count),
    signs: Float64Array.from(wanted, (one) => (one ? 1 : -1)),
    softness: Float64Array.from(wanted, (one) => 0.5 / Math.max(1e-6, one ? positiveCost : options.cost)),
  };
  const order = Int32Array.from({ length: count }, (_, index) => index);
  let active = count;
  let bound = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < options.passes && active > 0; pass += 1) {
    const visit = visitAll(state, order, { active, bound, random: options.random });
    active = visit.active;
    const settled = visit.highest - visit.lowest <= options.tolerance;
    if (settled && active === count) break;
    bound = settled || visit.highest <= 0 ? Number.POSITIVE_INFINITY : visit.highest;
    if (settled) active = count;
  }
  return { weights: state.weights, bias: state.bias };
}

interface State {
  rows: Rows;
  weights: Float64Array;
  bias: number;
  alphas: Float64Array;
  signs: Float64Array;
  softness: Float64Array;
}

/** One pass over the phrases that still matter; those that are safely on their side move to the end and are left out. */
function visitAll(
  state: State,
  order: Int32Array,
  { active, bound, random }: { active: number; bound: number; random: () => number },
): { active: number; highest: number; lowest: number } {
  let left = active;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  shuffle(order, left, random);
  for (let at = 0; at < left; at += 1) {
    const row = order[at] ?? 0;
    const alpha = state.alphas[row] ?? 0;
    const slope = slopeAt(state, row);
    if (alpha === 0 && slope > bound) {
      left -= 1;
      swap(order, at, left);
      at -= 1;
      continue;
    }
    const pull = alpha === 0 ? Math.min(0, slope) : slope;
    highest = Math.max(highest, pull);
    lowest = Math.min(lowest, pull);
    if (Math.abs(pull) > 1e-12) move(state, row, slope);
  }
  return { active: left, highest, lowest };
}

function slopeAt({ rows, weights, bias, signs, alphas, softness }: State, row: number): number {
  const end = rows.starts[row + 1] ?? 0;
  let sum = bias;
  for (let at = rows.starts[row] ?? 0; at < end; at += 1) sum += (weights[rows.features[at] ?? 0] ?? 0) * (rows.values[at] ?? 0);
  return (signs[row] ?? 0) * sum - 1 + (alphas[row] ?? 0) * (softness[row] ?? 0);
}

function move(state: State, row: number, slope: number): void {
  const { rows, weights, alphas, softness, signs } = state;
  const before = alphas[row] ?? 0;
  const after = Math.max(0, before - slope / ((rows.squares[row] ?? 1) + (softness[row] ?? 0)));
  const change = (after - before) * (signs[row] ?? 0);
  alphas[row] = after;
  state.bias += change;
  const end = rows.starts[row + 1] ?? 0;
  for (let at = rows.starts[row] ?? 0; at < end; at += 1) {
    const feature = rows.features[at] ?? 0;
    weights[feature] = (weights[feature] ?? 0) + change * (rows.values[at] ?? 0);
  }
}

function shuffle(order: Int32Array, count: number, random: () => number): void {
  for (let at = count - 1; at > 0; at -= 1) swap(order, at, Math.floor(random() * (at + 1)));
}

function swap(order: Int32Array, a: number, b: number): void {
  const kept = order[a] ?? 0;
  order[a] = order[b] ?? 0;
  order[b] = kept;
}
