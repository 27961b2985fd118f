/**
 * Columns of rows as PostgreSQL's array literals, for statements over many rows. The driver's own encoder looks at every value's
 * type and replaces in every text twice; on the message path that was the dearest part of talking to the database.
 */

type Value = string | number | boolean | Date | null;

/** Between texts that hold JSON, and in place of one that is null: characters that JSON never holds as they are. */
const BETWEEN = '\u001e';
const NOTHING = '\u001d';
/** How `documents` is read in SQL: `documentsOf('$4')`. */
export const documentsOf = (parameter: string): string => `string_to_array(${parameter}, chr(30), chr(29))`;

/** One property of each row, as a parameter of any array type. */
export function column<Key extends string>(rows: readonly { readonly [Property in Key]?: Value }[], key: Key): string {
  return values(rows.map((row) => row[key] ?? null));
}

/** These values, as a parameter of any array type. */
export function values(list: readonly Value[]): string {
  let literal = '{';
  for (const [index, value] of list.entries()) literal += index === 0 ? literalOf(value) : `,${literalOf(value)}`;
  return `${literal}}`;
}

/** One property of each row that holds JSON, never an empty text: not quoted, because nearly every character would need it. */
export function documents<Key extends string>(rows: readonly { readonly [Property in Key]: string | null }[], key: Key): string {
  return rows.map((row) => row[key] ?? NOTHING).join(BETWEEN);
}

function literalOf(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoted(value);
  return value instanceof Date ? `"${moment(value)}"` : String(value);
}

/** Beyond the year 9999 JavaScript writes a sign and zeros that PostgreSQL does not read. */
function moment(date: Date): string {
  const text = date.toISOString();
  return text.startsWith('+') ? text.replace(/^\+0*/, '') : text;
}

const SPECIAL = /["\\]/g;

function quoted(text: string): string {
  return text.includes('"') || text.includes('\\') ? `"${text.replace(SPECIAL, '\\$&')}"` : `"${text}"`;
}
