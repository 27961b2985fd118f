/** Takes an answer out of what the citizen wrote before the question: only what could be nothing else, within the question's limits. */
import type { Json } from '@hazir/core';
import { type Entity, extractEntities } from '@hazir/language';
import { heardBy, useUp } from '../../step/heard.ts';
import type { Turn } from '../../step/turn.ts';
import type { Kind, ReadLimits } from './kinds.ts';
import { allowedDays, dayOf } from './read-date.ts';

/** Kinds of "ask" that may listen; a text needs a form to be found by. */
export const LISTENING: ReadonlySet<Kind> = new Set<Kind>(['pin', 'place', 'phone', 'date', 'number', 'text']);

export interface Listening {
  kinds: readonly Kind[];
  limits: ReadLimits;
  /** Form of a number that a text asks for. */
  form: string | undefined;
  /** Names of places count, too. */
  names: boolean;
}

/** The first answer in what was heard, used up from there; undefined: ask. */
export function listen(turn: Turn, { kinds, limits, form, names }: Listening): { kind: Kind; value: Json } | undefined {
  const source = heardBy(turn);
  if (source === undefined) return undefined;
  const today = dayOf(source.heard.at, limits.timeZone);
  const references = form === undefined ? [] : [{ name: 'form', template: form }];
  const entities = extractEntities(source.heard.text, { today, references });
  for (const kind of kinds) {
    const found = entities.flatMap((entity) => {
      const value = answerIn(kind, entity, { limits, today });
      return value === undefined ? [] : [{ entity, value }];
    });
    const [first] = found;
    // Two that differ: nobody knows which is meant.
    if (first === undefined || found.some(({ value }) => JSON.stringify(value) !== JSON.stringify(first.value))) continue;
    for (const { entity } of found) useUp(heardBy(turn) ?? source, entity);
    return { kind, value: first.value };
  }
  const name = names ? nameIn(turn, source) : undefined;
  return name === undefined ? undefined : { kind: 'place', value: { name } };
}

/** The one place that was named with certainty. */
function nameIn(turn: Turn, source: NonNullable<ReturnType<typeof heardBy>>): string | undefined {
  const said = source.heard.text.split('\n').flatMap((line) => turn.context.named?.(line, turn.pack)?.said ?? []);
  const [name] = said;
  if (name === undefined || said.some((other) => other !== name)) return undefined;
  const start = source.heard.text.indexOf(name);
  if (start >= 0) useUp(source, { start, end: start + name.length });
  return name;
}

function answerIn(kind: Kind, entity: Entity, { limits, today }: { limits: ReadLimits; today: string }): Json | undefined {
  if (kind === 'pin' && entity.kind === 'pin') return entity.value;
  if (kind === 'place' && entity.kind === 'pin') return { pin: entity.value };
  if (kind === 'phone' && entity.kind === 'mobile') return entity.value.slice(1);
  if (kind === 'text' && entity.kind === 'reference') return entity.value;
  if (kind === 'number' && entity.kind === 'amount') return within(entity.value, limits);
  if (kind !== 'date' || entity.kind !== 'date') return undefined;
  return onlyDay(allowedDays([entity.value, ...entity.others], limits, today), today);
}

/** One day of several years is the nearest of them; two different days ("kal") are nobody's answer. */
function onlyDay(days: readonly string[], today: string): string | undefined {
  if (new Set(days.map((day) => day.slice(5))).size !== 1) return undefined;
  const distance = (day: string): number => Math.abs(Date.parse(day) - Date.parse(today));
  return days.toSorted((a, b) => distance(a) - distance(b))[0];
}

function within(value: number, { min, max, decimals }: ReadLimits): number | undefined {
  if (decimals !== true && !Number.isSafeInteger(value)) return undefined;
  return (typeof min !== 'number' || value >= min) && (typeof max !== 'number' || value <= max) ? value : undefined;
}
