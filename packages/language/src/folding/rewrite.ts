/** A pattern and what takes its place. The patterns are ours, short and without nested repetition: time stays linear. */
export type Rule = readonly [pattern: RegExp, replacement: string];

/** Applies rules in their order. */
export function rewrite(text: string, rules: readonly Rule[]): string {
  let result = text;
  for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement);
  return result;
}
