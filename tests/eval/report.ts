/** What one part of the evaluation gives: a text for people, and the same figures as data. */
export interface Report {
  text: string;
  data: unknown;
}

/** A Markdown table of rows that have the same columns. */
export function tableOf(rows: readonly Readonly<Record<string, string>>[]): string {
  const head = Object.keys(rows[0] ?? {});
  const lines = [head, head.map(() => '---'), ...rows.map((row) => head.map((name) => row[name] ?? ''))];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
