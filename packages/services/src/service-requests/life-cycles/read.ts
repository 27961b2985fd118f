/** Reads life cycles: the default one comes with the service, a pack's file may bring its own, or change single moves of another. */
import { readFileSync } from 'node:fs';
import { checkShape, type DataReader } from '../../data/source.ts';
import { parseYaml, readYaml, type YamlData } from '../../data/yaml.ts';
import { checkLifeCycle } from './check.ts';
import type { LifeCycle, Move, State } from './life-cycle.ts';
import { type LifeCycleSource, lifeCycleSchema, type WrittenLifeCycle, writtenSchema } from './schema.ts';
import { ownPath, type Written } from './written.ts';

export const DEFAULT_LIFE_CYCLE = 'default';
/** As a problem names the file that comes with the service. */
const DEFAULT_FILE = 'service-requests/life-cycles/default.yaml';
const HINT = 'Life cycles are described in docs/how-to/service-requests.md.';

/** Life cycles by code: the default one and those of the file, each checked; what is wrong is reported. */
export function readLifeCycles(reader: DataReader, file: string | undefined): ReadonlyMap<string, LifeCycle> {
  const written = [...readWritten(reader, DEFAULT_FILE, defaultYaml()), ...(file ? readPackFile(reader, file) : [])];
  const raw = new Map<string, WrittenLifeCycle>();
  const found = new Map<string, LifeCycle>();
  for (const one of written) {
    const whole = extended(reader, one, raw);
    raw.set(one.source.code, whole);
    if (
      one.file === DEFAULT_FILE &&
      file !== undefined &&
      written.some((other) => other !== one && other.source.code === one.source.code)
    )
      continue;
    const source = checkWhole(reader, one, whole);
    if (source === undefined) continue;
    checkLifeCycle(reader, one, source);
    const built = buildLifeCycle(source);
    if (built !== undefined) found.set(built.code, built);
  }
  return found;
}

function defaultYaml(): YamlData | undefined {
  const parsed = parseYaml(readFileSync(new URL('default.yaml', import.meta.url), 'utf8'));
  return 'value' in parsed ? parsed : undefined;
}

function readPackFile(reader: DataReader, file: string): Written[] {
  return readWritten(reader, file, readYaml(reader, file));
}

function readWritten(reader: DataReader, file: string, yaml: YamlData | undefined): Written[] {
  if (yaml === undefined) return [];
  const parsed = checkShape(writtenSchema, yaml.value, { reader, file, lineOf: yaml.lineOf, hint: HINT });
  return (parsed?.lifeCycles ?? []).map((source, index) => ({ file, lineOf: yaml.lineOf, path: ['lifeCycles', index], source }));
}

/** With what it takes from another one: of a state or a move with the same code, what is written here wins. */
function extended(
  reader: DataReader,
  { source, file, lineOf, path }: Written,
  raw: ReadonlyMap<string, WrittenLifeCycle>,
): WrittenLifeCycle {
  if (source.extends === undefined) return source;
  const base = raw.get(source.extends);
  if (base === undefined) {
    const line = lineOf([...path, 'extends']);
    reader.report('service-requests:unknown-life-cycle', `No life cycle above is called "${source.extends}"`, {
      file,
      line,
      hint: HINT,
    });
    return source;
  }
  return { ...source, states: joined(base.states, source.states), moves: joined(base.moves, source.moves) };
}

type Part = WrittenLifeCycle['states'][number];

function joined(base: readonly Part[], own: readonly Part[]): Part[] {
  const byCode = new Map(base.map((part) => [part.code, part]));
  for (const part of own) byCode.set(part.code, { ...byCode.get(part.code), ...part });
  return [...byCode.values()];
}

/** A mistake in what is taken from elsewhere is told at the life cycle's own line. */
function checkWhole(
  reader: DataReader,
  { file, lineOf, path, source }: Written,
  whole: WrittenLifeCycle,
): LifeCycleSource | undefined {
  const { extends: _, ...rest } = whole;
  const line = (at: readonly PropertyKey[]) => lineOf([...path, ...ownPath(source, whole, at)]);
  return checkShape(lifeCycleSchema, rest, { reader, file, lineOf: line, hint: HINT });
}

function buildLifeCycle({ code, states, moves }: LifeCycleSource): LifeCycle | undefined {
  const byCode = new Map(states.map((state) => [state.code, stateFrom(state)]));
  const [start] = byCode.values();
  return start === undefined ? undefined : { code, start, states: byCode, moves: moves.map(moveFrom) };
}

function stateFrom({ code, kind, name, remind, lapse }: LifeCycleSource['states'][number]): State {
  return { code, kind, name: localized(name), remind, lapse };
}

function moveFrom(move: LifeCycleSource['moves'][number]): Move {
  const { code, from, to, by, requires, photo, withinHours, does, tells } = move;
  const reasons = new Map(move.reasons.map((reason) => [reason.code, localized(reason.name)]));
  return {
    code,
    from,
    to,
    by,
    requires,
    photo,
    withinHours,
    does,
    tells,
    reasons,
    name: localized(move.name),
    told: localized(move.told),
  };
}

function localized(text: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(text));
}
