/** What is wrong with a life cycle that has the right shape: names, ways in, ways out, texts. */
import type { ErrorCode } from '@hazir/core';
import type { DataReader } from '../../data/source.ts';
import type { LifeCycleSource } from './schema.ts';
import { ownPath, type Written } from './written.ts';

type Report = (code: ErrorCode, message: string, at: readonly PropertyKey[]) => void;

const HINTS: Readonly<Record<string, string>> = {
  'service-requests:unknown-state': 'Name one of the states of this life cycle.',
  'service-requests:unknown-move': 'Name one of the moves of this life cycle.',
  'service-requests:unreachable-state': 'Add a move that leads there from where requests begin, or remove the state.',
  'service-requests:dead-end': 'Add moves that lead from there to a closed state.',
  'service-requests:bad-life-cycle': 'See docs/how-to/service-requests.md.',
  'data:duplicate': 'Codes are unique within a life cycle.',
  'data:text-missing': 'Write it in every language of the pack; with "extends: default" a pack can add what is missing.',
};

/** Reports every mistake of a life cycle at its line. */
export function checkLifeCycle(reader: DataReader, written: Written, source: LifeCycleSource): void {
  const { file, lineOf, path } = written;
  const whole = { states: [...source.states], moves: [...source.moves] };
  const report: Report = (code, message, at) =>
    reader.report(code, message, {
      file,
      line: lineOf([...path, ...ownPath(written.source, whole, at)]),
      hint: HINTS[code] ?? '',
    });
  checkNames(source, report);
  checkWays(source, report);
  checkTexts(reader.languages, source, report);
}

function checkNames({ code, states, moves }: LifeCycleSource, report: Report): void {
  const names = new Set(states.map((state) => state.code));
  if (states[0]?.kind !== 'open')
    report('service-requests:bad-life-cycle', `"${code}" does not begin with an open state`, ['states', 0]);
  for (const [index, state] of states.entries()) {
    if (states.findIndex((other) => other.code === state.code) < index)
      report('data:duplicate', `The state "${state.code}" is there twice`, ['states', index]);
    if (state.lapse !== undefined && !moves.some((move) => move.code === state.lapse?.move && move.from.includes(state.code)))
      report('service-requests:unknown-move', `No move "${state.lapse.move}" leads out of "${state.code}"`, ['states', index]);
  }
  for (const [index, move] of moves.entries()) {
    if (moves.findIndex((other) => other.code === move.code) < index)
      report('data:duplicate', `The move "${move.code}" is there twice`, ['moves', index]);
    for (const name of [...move.from, move.to].filter((name) => !names.has(name)))
      report('service-requests:unknown-state', `"${move.code}" names a state "${name}" that is not there`, ['moves', index]);
  }
}

/** Every state can be come to, and from each that is not closed there is a way to a closed one. */
function checkWays({ states, moves }: LifeCycleSource, report: Report): void {
  const forward = (code: string) => moves.filter((move) => move.from.includes(code)).map((move) => move.to);
  const backward = (code: string) => moves.filter((move) => move.to === code).flatMap((move) => move.from);
  const reached = spread(
    states.slice(0, 1).map(({ code }) => code),
    forward,
  );
  const ending = spread(
    states.filter(({ kind }) => kind === 'closed').map(({ code }) => code),
    backward,
  );
  for (const [index, { code }] of states.entries()) {
    if (!reached.has(code)) report('service-requests:unreachable-state', `No move leads to "${code}"`, ['states', index]);
    if (!ending.has(code))
      report('service-requests:dead-end', `From "${code}" no way leads to a closed state`, ['states', index]);
  }
}

function spread(from: readonly string[], next: (code: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(from);
  for (const code of found) for (const other of next(code)) found.add(other);
  return found;
}

function checkTexts(languages: readonly string[], { states, moves }: LifeCycleSource, report: Report): void {
  const check = (what: string, text: Readonly<Record<string, string>>, at: readonly PropertyKey[]) => {
    for (const language of languages.filter((each) => text[each] === undefined))
      report('data:text-missing', `${what} has no text in ${language}`, at);
  };
  for (const [index, state] of states.entries()) check(`The state "${state.code}"`, state.name, ['states', index]);
  for (const [index, { code, name, told, reasons }] of moves.entries()) {
    check(`The name of "${code}"`, name, ['moves', index]);
    check(`"told" of "${code}"`, told, ['moves', index]);
    for (const reason of reasons) check(`The reason "${reason.code}"`, reason.name, ['moves', index]);
  }
}
