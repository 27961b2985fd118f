/** Reads a pack's desks and the answers that are written often, and checks every name in them. */
import { z } from 'zod';
import { ALWAYS, type Calendar } from '../calendars/calendar.ts';
import { readCalendars } from '../calendars/read-calendars.ts';
import { checkShape, type DataReader } from '../data/source.ts';
import { readYaml } from '../data/yaml.ts';
import type { Desk, Reply } from './desk.ts';

const HINT = 'Desks and replies are described in docs/how-to/helpline.md.';
const MOST_REPLY = 1_000;
/** Names in curly brackets that a reply may use. */
const VARIABLES: readonly string[] = ['name', 'number', 'officer', 'desk'];

const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be of lower-case letters, digits and dashes' });
const localized = z.record(z.string(), z.string().min(1).max(MOST_REPLY));
const desksSchema = z.strictObject({
  desks: z
    .array(
      z.strictObject({
        code,
        name: localized,
        topics: z
          .array(z.strictObject({ code, name: localized }))
          .min(1)
          .max(30),
        hours: code.default(ALWAYS.code),
        talkMinutes: z.number().int().min(1).max(240).default(10),
        ladder: z.array(z.number().int().min(0).max(1_440)).max(20).default([]),
      }),
    )
    .min(1)
    .max(30),
});
const repliesSchema = z.strictObject({
  replies: z.array(z.strictObject({ code, topics: z.array(code).max(30).default([]), text: localized })).max(300),
});

type WrittenDesk = z.output<typeof desksSchema>['desks'][number];

/** The desks of a file, with their hours; undefined after reporting that it cannot be read. */
export function readDesks(reader: DataReader, { desks: file, calendars }: { desks: string; calendars?: string | undefined }) {
  const hours = readCalendars(reader, calendars);
  const yaml = readYaml(reader, file);
  const at = yaml && { reader, file, lineOf: yaml.lineOf, hint: HINT };
  const parsed = at && checkShape(desksSchema, yaml.value, at);
  if (parsed === undefined || hours === undefined || yaml === undefined) return undefined;
  const seen = new Set<string>();
  for (const [index, desk] of parsed.desks.entries()) {
    const path = ['desks', index];
    const report = (problem: 'data:duplicate' | 'helpline:bad-desk', message: string, ...more: PropertyKey[]) =>
      reader.report(problem, message, { file, line: yaml.lineOf([...path, ...more]), hint: HINT });
    if (!hours.has(desk.hours)) report('helpline:bad-desk', `There is no calendar "${desk.hours}"`, 'hours');
    if (desk.ladder.some((minutes, place) => minutes <= (desk.ladder[place - 1] ?? -1)))
      report('helpline:bad-desk', 'The minutes of a ladder must grow', 'ladder');
    for (const name of [`desk ${desk.code}`, ...desk.topics.map((topic) => `topic ${topic.code}`)]) {
      if (seen.has(name)) report('data:duplicate', `The ${name} is there already`);
      seen.add(name);
    }
    reportUntranslated(reader, [desk.name, ...desk.topics.map(({ name }) => name)], { file, line: yaml.lineOf(path) });
  }
  return parsed.desks.map((desk) => build(desk, hours));
}

/** The replies of a file; none for no file. What is wrong is reported. */
export function readReplies(reader: DataReader, file: string | undefined, desks: readonly Desk[]): Reply[] {
  const yaml = file === undefined ? undefined : readYaml(reader, file);
  if (file === undefined || yaml === undefined) return [];
  const parsed = checkShape(repliesSchema, yaml.value, { reader, file, lineOf: yaml.lineOf, hint: HINT });
  const topics = new Set(desks.flatMap((desk) => desk.topics.map((topic) => topic.code)));
  const replies = parsed?.replies ?? [];
  for (const [index, { code: own, topics: of, text }] of replies.entries()) {
    const at = { file, line: yaml.lineOf(['replies', index]) };
    const report = (message: string) => reader.report('helpline:bad-reply', message, { ...at, hint: HINT });
    if (replies.findIndex((other) => other.code === own) < index) report(`The reply "${own}" is there already`);
    for (const topic of of) if (!topics.has(topic)) report(`There is no topic "${topic}"`);
    for (const used of Object.values(text).flatMap(variablesIn))
      if (!VARIABLES.includes(used)) report(`A reply knows ${VARIABLES.join(', ')}, not "${used}"`);
    reportUntranslated(reader, [text], at);
  }
  return replies.map(({ text, ...reply }) => ({ ...reply, text: new Map(Object.entries(text)) }));
}

function build({ name, topics, hours, ...desk }: WrittenDesk, calendars: ReadonlyMap<string, Calendar>): Desk {
  return {
    ...desk,
    name: new Map(Object.entries(name)),
    topics: topics.map((topic) => ({ code: topic.code, name: new Map(Object.entries(topic.name)) })),
    hours: calendars.get(hours) ?? ALWAYS,
  };
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

function reportUntranslated(
  reader: DataReader,
  texts: readonly Readonly<Record<string, string>>[],
  at: { file: string; line: number },
): void {
  for (const text of texts)
    for (const language of reader.languages.filter((one) => !Object.hasOwn(text, one)))
      reader.report('data:text-missing', `A text is missing in ${language}`, {
        ...at,
        hint: 'Write it in every language of the pack.',
      });
}
