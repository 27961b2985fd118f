/** The measures of open-set intent classification; reference for each beside it. */

/** What a classifier said to one message. */
export interface Judged {
  /** Undefined: the message belongs to no intent of the bot. */
  wanted: string | undefined;
  /** Best first. */
  ranked: readonly { intent: string; score: number }[];
}

export interface IntentMeasures {
  /** Share of in-scope messages whose first candidate is right. */
  raw: number;
  /** How often an in-scope message scores higher than an out-of-scope one. */
  auroc: number;
  /** How often an in-scope message is right and scores higher than an out-of-scope one. */
  auosc: number;
  /** Share of in-scope messages with the right intent among the first three. */
  top3: number;
}

/** Measures each fold by itself and gives the means. */
export function measureIntents(folds: readonly (readonly Judged[])[]): IntentMeasures {
  const all = folds.map((judged) => {
    const inside = judged.filter(({ wanted }) => wanted !== undefined);
    const outside = judged
      .filter(({ wanted }) => wanted === undefined)
      .map(topScore)
      .sort((a, b) => a - b);
    const share = (part: (one: Judged) => number) => inside.reduce((sum, one) => sum + part(one), 0) / inside.length;
    return {
      raw: share((one) => Number(isRight(one))),
      auroc: share((one) => beats(topScore(one), outside)),
      auosc: share((one) => (isRight(one) ? beats(topScore(one), outside) : 0)),
      top3: share(({ wanted, ranked }) => Number(ranked.slice(0, 3).some(({ intent }) => intent === wanted))),
    };
  });
  const mean = (key: keyof IntentMeasures) => all.reduce((sum, one) => sum + one[key], 0) / all.length;
  return { raw: mean('raw'), auroc: mean('auroc'), auosc: mean('auosc'), top3: mean('top3') };
}

/** The threshold with the best mean MCC over some bots. */
export function thresholdOf(bots: readonly (readonly (readonly Judged[])[])[]): number {
  const scores = bots
    .flatMap((folds) => folds.flatMap((judged) => judged.map(topScore)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const steps = [
    ...new Set(Array.from({ length: 201 }, (_, step) => scores[Math.round((step * (scores.length - 1)) / 200)] ?? 0)),
  ];
  let best = { threshold: 0, mcc: -1 };
  for (const threshold of steps) {
    const mcc = bots.reduce((sum, folds) => sum + mccAt(folds, threshold), 0);
    if (mcc > best.mcc) best = { threshold, mcc };
  }
  return best.threshold;
}

/** Matthews correlation of many classes (Gorodkin 2004) over all folds, "out of scope" one of the classes. */
export function mccAt(folds: readonly (readonly Judged[])[], threshold: number): number {
  const OUTSIDE = '';
  const truths = new Map<string, number>();
  const guesses = new Map<string, number>();
  let right = 0;
  let count = 0;
  for (const one of folds.flat()) {
    const truth = one.wanted ?? OUTSIDE;
    const guess = topScore(one) >= threshold ? (one.ranked[0]?.intent ?? OUTSIDE) : OUTSIDE;
    truths.set(truth, (truths.get(truth) ?? 0) + 1);
    guesses.set(guess, (guesses.get(guess) ?? 0) + 1);
    right += Number(truth === guess);
    count += 1;
  }
  const squares = (counts: Map<string, number>) => [...counts.values()].reduce((sum, value) => sum + value * value, 0);
  let together = 0;
  for (const [key, value] of truths) together += value * (guesses.get(key) ?? 0);
  const spread = Math.sqrt((count ** 2 - squares(guesses)) * (count ** 2 - squares(truths)));
  return spread === 0 ? 0 : (right * count - together) / spread;
}

export interface Outcomes {
  acceptedRight: number;
  acceptedWrong: number;
  /** Asked about, with the right intent among the candidates. */
  offeredRight: number;
  outsideAccepted: number;
  outsideOffered: number;
}

/** Shares of in-scope and out-of-scope messages that are acted on or asked about at two thresholds. */
export function outcomesAt(judged: readonly Judged[], { accept, clarify }: { accept: number; clarify: number }): Outcomes {
  const inside = judged.filter(({ wanted }) => wanted !== undefined);
  const outside = judged.filter(({ wanted }) => wanted === undefined);
  const accepted = (one: Judged) => topScore(one) >= accept;
  const offered = (one: Judged) => !accepted(one) && topScore(one) >= clarify;
  const share = (all: readonly Judged[], test: (one: Judged) => boolean) => all.filter(test).length / all.length;
  return {
    acceptedRight: share(inside, (one) => accepted(one) && isRight(one)),
    acceptedWrong: share(inside, (one) => accepted(one) && !isRight(one)),
    offeredRight: share(inside, (one) => offered(one) && one.ranked.slice(0, 3).some(({ intent }) => intent === one.wanted)),
    outsideAccepted: share(outside, accepted),
    outsideOffered: share(outside, offered),
  };
}

function topScore({ ranked }: Judged): number {
  return ranked[0]?.score ?? Number.NEGATIVE_INFINITY;
}

function isRight({ wanted, ranked }: Judged): boolean {
  return ranked[0]?.intent === wanted;
}

/** Share of the sorted scores that are lower; ties count half. */
function beats(score: number, sorted: readonly number[]): number {
  const lower = sorted.filter((other) => other < score).length;
  const same = sorted.filter((other) => other === score).length;
  return (lower + same / 2) / sorted.length;
}
