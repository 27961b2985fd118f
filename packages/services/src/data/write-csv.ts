/** Writes CSV (RFC 4180) that a spreadsheet shows as it is: a cell that it would run as a formula gets an apostrophe in front. */

const NEEDS_QUOTES = /[",\r\n]/;
const RUNS = /^[=+\-@\t\r]/;
const IS_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Rows as CSV, the first of them the names of the columns. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** What was written: an apostrophe that only guarded is taken off. */
export function unguarded(text: string): string {
  return text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text;
}

function cell(text: string): string {
  const guarded = RUNS.test(text) && !IS_NUMBER.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
