/** How well a search finds the one text that a question was taken from. */

export interface Asked {
  question: string;
  /** Id of the text that answers it. */
  wanted: string;
}

export interface Found {
  /** Share of the questions whose text comes first, and among the first five; 0 to 1. */
  first: number;
  amongFive: number;
}

/** `search` gives ids, best first. */
export function measureSearch(asked: readonly Asked[], search: (question: string) => readonly string[]): Found {
  const places = asked.map(({ question, wanted }) => search(question).slice(0, 5).indexOf(wanted));
  const share = (within: number): number =>
    places.filter((place) => place >= 0 && place < within).length / Math.max(1, asked.length);
  return { first: share(1), amongFive: share(5) };
}
