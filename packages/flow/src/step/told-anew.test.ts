/** Where a list follows from words, other words of the same kind take their place; everything else stays what it is. */
import { describe, expect, test } from 'vitest';
import type { StepContext } from '../contract.ts';
import { compilePack } from '../pack/compile.ts';
import { compileTestPack, lineOf, packFiles, type Talk, talkTo, WHATSAPP } from '../testing/pack.ts';

const files = {
  'flows/main.yaml': 'flow: main\nnodes:\n  - choose: topic\n    options: [{ id: report, go: report }]\n',
  'flows/report.yaml': `
flow: report
intent: report
nodes:
  - set: { words: input.text }
    name: begin
  - choose: which
    with: { words: words }
    options: [lamp, tap, { id: list, go: main }]
    retold: { flow: report, go: begin }
    save: what
  - ask: pin
    kind: pin
    heard: true
    save: pin
  - say: noted
    with: { words: words, what: what, pin: pin }
`,
  'phrases/en.yaml': 'report: [the road is dirty]\n',
  'texts/en.yaml': `
main: { title: Main, topic: { text: "Topic?", options: { report: Report } } }
report:
  title: Report
  which: { text: "“{words}”: which?", options: { lamp: A lamp, tap: A tap, list: None of these } }
  pin: "PIN code?"
  noted: "{what}, {words}, {pin}"
`,
};
const pack = compileTestPack({ files });

/** Surely hears a report in whatever is broken, and nearly hears one in whatever is odd. */
const understand: StepContext['understand'] = (text) =>
  text.includes('broken')
    ? { outcome: 'accept', meaning: { flow: 'report' }, candidates: [] }
    : text.includes('odd')
      ? { outcome: 'clarify', meaning: { offer: ['report', 'main'] }, candidates: [] }
      : undefined;
const told = (first = 'a broken bench'): Talk => {
  const talk = talkTo(pack, { understand });
  talk.say('hello');
  talk.say(first);
  return talk;
};

describe('words in place of an option', () => {
  test.each([
    ['surely of the same kind', 'no, a broken lamp', '“no, a broken lamp”: which?'],
    ['most probably of the same kind', 'something odd', '“something odd”: which?'],
    ['a phrase of the flow', 'the road is dirty', '“the road is dirty”: which?'],
    ['an option stays an option', 'A tap', 'PIN code?'],
    ['words that mean nothing are asked again', 'qwerty', '“a broken bench”: which?'],
    ['a command stays a command', 'menu', 'Topic?'],
  ])('%s', (_, words, answer) => {
    expect(told().say(words).map(lineOf).join(' ')).toContain(answer);
  });

  test('what was told beside the old words is kept, and what the new ones hold is not asked', () => {
    const kept = told('broken bench, 400028');
    kept.say('no, a broken lamp');
    expect(kept.tap('A lamp').map(lineOf)).toEqual(['lamp, no, a broken lamp, 400028']);
    const added = told();
    added.say('no, a broken lamp, 400050');
    expect(added.tap('A lamp').map(lineOf)).toEqual(['lamp, no, a broken lamp, 400050, 400050']);
  });

  test('misses before it are forgotten', () => {
    const talk = told();
    talk.say('qwerty');
    talk.say('a broken lamp');
    expect(talk.session()?.misses).toBe(0);
  });
});

test('the flow that is told anew has to exist', () => {
  const wrong = { ...files, 'flows/report.yaml': files['flows/report.yaml'].replace('flow: report, go', 'flow: nobody, go') };
  const { problems } = compilePack(
    { id: 'test', version: '1', files: packFiles(wrong) },
    { operations: [], channels: { whatsapp: WHATSAPP } },
  );
  expect(problems.map(({ code }) => code)).toContain('flow:missing-flow');
});
