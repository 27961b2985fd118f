/**
 * Which area the words of a citizen name: by the localities that the offices name, by post offices and by places, in any script
 * and spelling. What the organization says of its areas counts before post offices, a few of which are plotted in a wrong area.
 */
import { asciiDigits, createNameIndex, type IndexedText, isAreaWord, type NamedIn } from '@hazir/language';
import type { Point } from '../data/geometry.ts';
import type { Areas } from './areas.ts';
import type { Office } from './offices.ts';
import type { Place } from './places.ts';
import type { NamedPostOffice } from './post-offices.ts';

export interface Named {
  /** Codes of the areas that may be meant, the likeliest first; at least one. */
  areas: string[];
  /** Where it is, as near as is known. */
  point: Point;
  /** True: the words are the name and little else, met by letters or sound. */
  sure: boolean;
  /** The words among them that name it, met by letters or sound; undefined: the words as a whole may be a name, misspelt. */
  said: string | undefined;
  /** Met by its letters. */
  spelt: boolean;
}

/** What the words name; undefined where they name nothing here. */
export type FindNamed = (words: string) => Named | undefined;

interface Known {
  area: string;
  point: Point;
  /** True for a locality that an office names. */
  own: boolean;
}

/** Likeness from which a name is met by letters or sound. */
const SURE = 0.87;
/** And from which it is met whole. */
const EXACT = 0.99;
const LONGEST_CODE = 100;
const between = /\s*[,\u060c;]\s*/;
const inBrackets = /\([^()]{0,60}\)/g;
const runs = /[\p{L}\p{M}]+|[0-9]+/gu;

/** Builds the index over all names of a directory once. */
export function indexNames({
  areas,
  offices,
  postOffices,
  places,
}: {
  areas: Areas;
  offices: ReadonlyMap<string, Office>;
  postOffices: readonly NamedPostOffice[];
  places: readonly Place[];
}): FindNamed {
  const known = new Map<string, Known>();
  const names: IndexedText[] = [];
  const add = (id: string, about: Known, texts: Iterable<string>): void => {
    known.set(id, about);
    for (const text of texts) if (text !== '') names.push({ id, text });
  };
  for (const office of offices.values()) addLocalities(office, add);
  for (const [index, { name, point }] of postOffices.entries()) {
    const area = areas.at(point);
    if (area !== undefined) add(`post ${index}`, { area, point, own: false }, [name]);
  }
  for (const { id, name, point } of places) {
    const area = point && areas.at(point);
    if (point !== undefined && area !== undefined) add(`place ${id}`, { area, point, own: false }, name.values());
  }
  const index = createNameIndex(names, [...new Set(postOffices.flatMap(({ district }) => district.split(' ')))]);
  const byCode = codesOf(offices);
  return (words) => byCodeIn(words, byCode, offices) ?? meaningOf(index.find(words), known);
}

function addLocalities(office: Office, add: (id: string, about: Known, texts: Iterable<string>) => void): void {
  const { code: area, latitude, longitude } = office;
  const lists = [...office.landmarks.values()].map((text) => text.split(between));
  for (let at = 0; at < Math.max(0, ...lists.map(({ length }) => length)); at += 1)
    add(
      `area ${area} ${at}`,
      { area, point: { latitude, longitude }, own: true },
      lists.map((list) => list[at] ?? ''),
    );
}

/** The areas that all named places can agree on, beginning with the organization's own and the surest. */
function meaningOf(named: readonly NamedIn[], known: ReadonlyMap<string, Known>): Named | undefined {
  const meant = named.map(({ found, whole, said }) => {
    const all = found.flatMap(({ id, likeness }) => {
      const about = known.get(id);
      return about === undefined ? [] : [{ ...about, likeness }];
    });
    const own = all.some((each) => each.own);
    const those = all.filter((each) => each.own === own);
    // "Parel" is no "Lower Parel" where both are known.
    const exact = own ? those.filter(({ likeness }) => likeness >= EXACT) : [];
    const areas = [...new Set((exact.length > 0 ? exact : those).map(({ area }) => area))];
    return { all, own, areas, likeness: found[0]?.likeness ?? 0, whole, said };
  });
  const [first, ...more] = meant.sort((a, b) => Number(b.own) - Number(a.own) || b.likeness - a.likeness);
  if (first === undefined) return undefined;
  const areas = more.reduce((agreed, next) => {
    const both = agreed.filter((area) => next.areas.includes(area));
    return both.length > 0 ? both : agreed;
  }, first.areas);
  const here = meant.flatMap(({ all }) => all).filter(({ area }) => areas.includes(area));
  const exact = here.find(({ own }) => !own) ?? here[0];
  if (exact === undefined) return undefined;
  const met = first.likeness >= SURE;
  const agreeing = meant.filter((each) => each.areas.some((area) => areas.includes(area)));
  const said = met ? agreeing.map((each) => each.said).join(', ') : undefined;
  return { areas, point: exact.point, sure: first.whole && met, said, spelt: first.likeness >= EXACT };
}

/** Codes and names of the areas themselves, as people write them. */
function codesOf(offices: ReadonlyMap<string, Office>): ReadonlyMap<string, string> {
  const names = [...offices.values()].flatMap(({ code, name }) => [code, ...name.values()].map((text) => ({ code, text })));
  return new Map(names.map(({ code, text }) => [codeIn(text).letters, code]));
}

/** "G/N", "gn ward", "जी उत्तर"; one letter or a number only beside the word for an area. */
function byCodeIn(words: string, codes: ReadonlyMap<string, string>, offices: ReadonlyMap<string, Office>): Named | undefined {
  const { letters, called } = codeIn(words.slice(0, LONGEST_CODE));
  const area = codes.get(letters);
  const office = area === undefined ? undefined : offices.get(area);
  if (office === undefined || (!called && (letters.length < 2 || !Number.isNaN(Number(letters))))) return undefined;
  return {
    areas: [office.code],
    point: { latitude: office.latitude, longitude: office.longitude },
    sure: true,
    said: words,
    spelt: true,
  };
}

function codeIn(text: string): { letters: string; called: boolean } {
  const all = asciiDigits(text.normalize('NFC').replace(inBrackets, '')).toLowerCase().match(runs) ?? [];
  const rest = all.filter((word) => !isAreaWord(word));
  return { letters: rest.join(''), called: rest.length < all.length };
}
