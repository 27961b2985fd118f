/** Reads a pack's policies and ladders, and checks every name in them. */
import { z } from 'zod';
import { ALWAYS, type Calendar, HOUR_MS, MINUTE_MS } from '../../calendars/calendar.ts';
import { CLOCKS_HINT } from '../../calendars/read-calendars.ts';
import { checkShape, type DataReader } from '../../data/source.ts';
import { readYaml, type YamlData } from '../../data/yaml.ts';
import type { Categories } from '../categories.ts';
import { AUDIENCES, type LifeCycle } from '../life-cycles/life-cycle.ts';
import type { Post } from '../responsibility/responsibility.ts';
import type { PauseRule, Policy, Rung } from './policy.ts';

const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be of lower-case letters, digits and dashes' });
const duration = z.string().regex(/^\d{1,4}(m|h|d)$/, { error: 'must be minutes, hours or days: 30m, 24h, 7d' });
const rung = z.strictObject({
  after: duration,
  calendar: code.default(ALWAYS.code),
  to: z.union([z.strictObject({ above: z.number().int().min(1).max(20) }), z.strictObject({ post: z.string().min(1).max(64) })], {
    error: 'must be { above: 1 } or { post: CODE }',
  }),
  tells: z.array(z.enum(AUDIENCES)).min(1),
});
const schema = z.strictObject({
  ladders: z
    .array(z.strictObject({ code, rungs: z.array(rung).min(1).max(20) }))
    .max(50)
    .default([]),
  policies: z
    .array(
      z.strictObject({
        code,
        categories: z.array(code).max(200).default([]),
        areas: z.array(z.string().min(1).max(100)).max(500).default([]),
        priorities: z.array(z.number().int().min(1).max(5)).max(5).default([]),
        calendar: code.default(ALWAYS.code),
        within: duration.optional(),
        warn: duration.default('0m'),
        grace: duration.default('0m'),
        pauses: z
          .array(z.strictObject({ state: z.string().max(40), reasons: z.array(z.string().max(40)).min(1).optional() }))
          .max(20)
          .default([]),
        ladder: code.optional(),
      }),
    )
    .max(500),
});

type Written = z.output<typeof schema>;
type WrittenPolicy = Written['policies'][number];

/** What the names of the file are looked up in. */
export interface Known {
  calendars: ReadonlyMap<string, Calendar>;
  categories: Categories;
  lifeCycles: ReadonlyMap<string, LifeCycle>;
  posts: ReadonlyMap<string, Post>;
}

/** The policies of a file; none for no file. What is wrong is reported. */
export function readPolicies(reader: DataReader, file: string | undefined, known: Known): readonly Policy[] {
  const yaml = file === undefined ? undefined : readYaml(reader, file);
  if (file === undefined || yaml === undefined) return [];
  const parsed = checkShape(schema, yaml.value, { reader, file, lineOf: yaml.lineOf, hint: CLOCKS_HINT });
  if (parsed === undefined) return [];
  reportMistakes(reader, file, { parsed, yaml, known });
  return parsed.policies.map((policy) => build(policy, parsed, known));
}

function build(written: WrittenPolicy, { ladders }: Written, { calendars }: Known): Policy {
  const { code: own, categories, areas, priorities, pauses } = written;
  const calendar = calendars.get(written.calendar) ?? ALWAYS;
  const rungs = ladders.find((ladder) => ladder.code === written.ladder)?.rungs ?? [];
  return {
    ...{ code: own, categories, areas, priorities, calendar },
    pauses: pauses.map(({ state, reasons }): PauseRule => ({ state, reasons })),
    withinMs: written.within === undefined ? undefined : lengthOf(written.within, calendar),
    warnMs: lengthOf(written.warn, calendar),
    graceMs: lengthOf(written.grace, calendar),
    ladder: rungs.map(({ after, calendar: named, to, tells }): Rung => {
      const on = calendars.get(named) ?? ALWAYS;
      return { afterMs: lengthOf(after, on), calendar: on, to, tells };
    }),
  };
}

/** A day is as long as the calendar's longest. */
function lengthOf(text: string, { dayMs }: Calendar): number {
  const unit = text.endsWith('d') ? dayMs : text.endsWith('h') ? HOUR_MS : MINUTE_MS;
  return Number(text.slice(0, -1)) * unit;
}

interface Mistakes {
  parsed: Written;
  yaml: YamlData;
  known: Known;
}

type Report = (code: `${'data' | 'service-requests'}:${string}`, message: string, path: readonly PropertyKey[]) => void;

function reportMistakes(reader: DataReader, file: string, { parsed, yaml, known }: Mistakes): void {
  const report: Report = (code, message, path) =>
    reader.report(code, message, { file, line: yaml.lineOf(path), hint: CLOCKS_HINT });
  const { ladders, policies } = parsed;
  reportRepeated(report, 'ladders', ladders);
  reportRepeated(report, 'policies', policies);
  for (const [index, { rungs }] of ladders.entries())
    for (const [place, { calendar, to }] of rungs.entries()) {
      const path = ['ladders', index, 'rungs', place];
      if (!known.calendars.has(calendar)) report('service-requests:unknown-calendar', `There is no calendar "${calendar}"`, path);
      if ('post' in to && !known.posts.has(to.post))
        report('service-requests:unknown-post', `There is no post "${to.post}"`, path);
    }
  for (const [index, policy] of policies.entries()) {
    const path = ['policies', index];
    for (const [message, what, names] of namesIn(policy, parsed, known))
      if (names.length > 0) report(message, `There is no ${what} "${names.join('", "')}"`, path);
    for (const [place, rule] of policy.pauses.entries()) reportPause(report, known, { rule, path: [...path, 'pauses', place] });
    const twin = policies.slice(0, index).find((other) => meets(policy, other));
    if (twin !== undefined)
      report('service-requests:ambiguous-policy', `"${policy.code}" and "${twin.code}" are for the same requests`, path);
  }
}

function reportRepeated(report: Report, name: string, all: readonly { code: string }[]): void {
  for (const [index, { code: own }] of all.entries())
    if (all.findIndex((other) => other.code === own) < index)
      report('data:duplicate', `"${own}" is there already`, [name, index, 'code']);
}

/** Names of a policy that stand for nothing. */
function namesIn(
  policy: WrittenPolicy,
  { ladders }: Written,
  { calendars, categories }: Known,
): readonly [`service-requests:${string}`, string, readonly string[]][] {
  const isLadder = policy.ladder === undefined || ladders.some((ladder) => ladder.code === policy.ladder);
  return [
    ['service-requests:unknown-category', 'category', policy.categories.filter((each) => categories.byCode(each) === undefined)],
    ['service-requests:unknown-calendar', 'calendar', calendars.has(policy.calendar) ? [] : [policy.calendar]],
    ['service-requests:unknown-ladder', 'ladder', isLadder ? [] : [policy.ladder ?? '']],
  ];
}

/** A clock stands still only in a state that waits, for a reason that some move gives. */
function reportPause(
  report: Report,
  { lifeCycles }: Known,
  { rule: { state, reasons = [] }, path }: { rule: WrittenPolicy['pauses'][number]; path: readonly PropertyKey[] },
): void {
  const cycles = [...lifeCycles.values()];
  const states = cycles.flatMap((cycle) => cycle.states.get(state) ?? []);
  if (states.length === 0) report('service-requests:unknown-state', `No life cycle has a state "${state}"`, path);
  else if (states.some(({ kind }) => kind !== 'waiting'))
    report('service-requests:bad-pause', `"${state}" is no state that waits: the clock goes on in it`, path);
  const known = new Set(
    cycles.flatMap(({ moves }) => moves.filter(({ to }) => to === state)).flatMap(({ reasons: all }) => [...all.keys()]),
  );
  for (const reason of reasons.filter((each) => !known.has(each)))
    report('service-requests:unknown-reason', `No move to "${state}" has a reason "${reason}"`, path);
}

/** True when some request would be for both alike. */
function meets(one: WrittenPolicy, other: WrittenPolicy): boolean {
  return (
    alike(one.categories, other.categories) && alike(one.areas, other.areas) && alike<number>(one.priorities, other.priorities)
  );
}

function alike<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return (one.length === 0 && other.length === 0) || one.some((item) => other.includes(item));
}
