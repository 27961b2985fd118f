/** What came with a request, by name. An empty argument counts as left out, as the specification has it. */
import { badRequest } from './refusal.ts';

export interface Arguments {
  /** The first value of a name, trimmed. Refuses one that is longer than `most` characters. */
  text: (name: string, most?: number) => string | undefined;
  /** All values of a name, each taken apart at commas. */
  list: (name: string) => string[];
  number: (name: string) => number | undefined;
  /** attribute[CODE]=value, also several times and with [] behind. */
  attributes: ReadonlyMap<string, readonly string[]>;
}

const MOST_ARGUMENTS = 300;
const MOST_LISTED = 1_000;
const MOST_TEXT = 500;
const ATTRIBUTE = /^attribute\[([A-Za-z0-9_-]{1,60})\](?:\[\d{0,3}\])?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and tabs stay, nothing else does
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Reads the arguments of the address and of the body; where both have one, the body's counts. */
export function readArguments(...sources: readonly URLSearchParams[]): Arguments {
  const all = new Map<string, string[]>();
  for (const source of sources) {
    if ([...source.keys()].length > MOST_ARGUMENTS) badRequest(`More than ${MOST_ARGUMENTS} arguments.`);
    for (const name of new Set(source.keys())) all.set(name, source.getAll(name).map(plain));
  }
  const text: Arguments['text'] = (name, most = MOST_TEXT) => {
    const found = all.get(name)?.find((value) => value !== '');
    if (found !== undefined && found.length > most) badRequest(`${name} is longer than ${most} characters.`);
    return found;
  };
  return {
    text,
    list: (name) => {
      const values = (all.get(name) ?? []).flatMap((value) => value.split(',', MOST_LISTED + 1)).map((value) => value.trim());
      if (values.length > MOST_LISTED) badRequest(`${name} names more than ${MOST_LISTED}.`);
      return values.filter((value) => value !== '');
    },
    number: (name) => {
      const found = text(name, 40);
      if (found === undefined) return undefined;
      const number = /^[+-]?\d+(\.\d+)?$/.test(found) ? Number(found) : Number.NaN;
      return Number.isFinite(number) ? number : badRequest(`${name} must be a number.`);
    },
    attributes: attributesOf(all),
  };
}

function attributesOf(all: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, values] of all) {
    const code = ATTRIBUTE.exec(name)?.[1];
    const given = values.filter((value) => value !== '');
    if (code !== undefined && given.length > 0) found.set(code, [...(found.get(code) ?? []), ...given]);
  }
  return found;
}

function plain(value: string): string {
  return value.toWellFormed().replace(CONTROLS, '').trim();
}
