/** Where a place is asked for, its name is an answer, and whatever else the words mean stays what it is. */
import { describe, expect, test } from 'vitest';
import type { StepContext } from '../contract.ts';
import { compilePack } from '../pack/compile.ts';
import { compileTestPack, lineOf, packFiles, type Talk, talkTo, WHATSAPP } from '../testing/pack.ts';

const files = {
  'pack.yaml': 'menu: main\n',
  'flows/main.yaml':
    'flow: main\nnodes:\n  - choose: topic\n    options: [{ id: office, go: office }, { id: report, go: report }]\n',
  'flows/office.yaml': `
flow: office
nodes:
  - ask: where
    kind: place
    names: true
    save: where
  - say: found
    with: { name: 'isSet(where.name) ? string(where.name) : isSet(where.pin) ? string(where.pin) : "map"' }
    then: [main]
`,
  'flows/report.yaml': `
flow: report
intent: report
nodes:
  - ask: spot
    kind: place
    save: spot
  - say: noted
`,
  'phrases/en.yaml': 'report: [the market is dirty]\n',
  'texts/en.yaml': `
main: { title: Main, topic: { text: "Topic?", options: { office: Office, report: Report } } }
office: { title: Office, where: "Where?", found: "Found: {name}" }
report: { title: Report, spot: "Which spot?", noted: "Noted." }
`,
};
const pack = compileTestPack({ files });

/** Knows one place, and surely hears a report in whatever is broken. */
const known: Partial<StepContext> = {
  named: (words) => {
    const said = words.toLowerCase();
    return said.includes('market') ? { sure: said.trim() === 'market' } : undefined;
  },
  understand: (text) =>
    text.includes('broken')
      ? { outcome: 'accept', meaning: { flow: 'report' }, candidates: [] }
      : text.includes('behind')
        ? { outcome: 'clarify', meaning: { offer: ['report'] }, candidates: [] }
        : undefined,
};
const asked = (changes: Partial<StepContext> = known): Talk => {
  const talk = talkTo(pack, changes);
  talk.say('hello');
  talk.tap('Office');
  return talk;
};

describe('where a place is asked for', () => {
  test.each([
    ['a name is the answer', 'Market', 'Found: Market [Main]'],
    ['also inside other words', 'the lane behind the market', 'Found: the lane behind the market [Main]'],
    ['a PIN code beside it says more', 'market, 400028', 'Found: 400028 [Main]'],
    ['an unknown name is asked again', 'Atlantis', 'Please share the location'],
    ["a flow's own phrase keeps its meaning", 'the market is dirty', 'That sounds like something else'],
    ['so does what surely begins something else', 'the market tap is broken', 'That sounds like something else'],
    ['a command stays a command', 'menu', 'Topic?'],
  ])('%s', (_, words, answer) => {
    expect(asked().say(words).map(lineOf).join(' ')).toContain(answer);
  });

  test('after a miss a name is taken as if there had been none', () => {
    const talk = asked();
    talk.say('Atlantis');
    expect(talk.say('market').map(lineOf)).toEqual(['Found: market [Main]']);
    expect(talk.session()?.misses).toBe(0);
  });

  test('a question left for a while takes a name when it is answered instead', () => {
    const talk = asked();
    talk.say('the market tap is broken');
    expect(talk.say('market').map(lineOf)).toEqual(['Found: market [Main]']);
  });

  test('where nobody knows names, nothing changes', () => {
    expect(asked({}).say('market').map(lineOf).join(' ')).toContain('Please share the location');
  });

  test('what is kept of a name is short', () => {
    const talk = asked();
    talk.say(`market ${'x'.repeat(4_000)}`);
    expect(JSON.stringify(talk.session() ?? {}).length).toBeLessThan(2_000);
  });
});

test('a question without "names" takes none', () => {
  const talk = talkTo(pack, known);
  talk.say('hello');
  talk.tap('Report');
  expect(talk.say('market').map(lineOf).join(' ')).toContain('Please share the location');
});

test('only a place is asked for by name', () => {
  const wrong = {
    ...files,
    'flows/report.yaml': files['flows/report.yaml'].replace('kind: place', 'kind: pin\n    names: true'),
  };
  const { problems } = compilePack(
    { id: 'test', version: '1', files: packFiles(wrong) },
    { operations: [], channels: { whatsapp: WHATSAPP } },
  );
  expect(problems.map(({ code }) => code)).toContain('flow:ask-names');
});
