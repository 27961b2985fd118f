import { expect, test } from 'vitest';
import type { StepContext } from '../contract.ts';
import { compilePack } from '../pack/compile.ts';
import { compileTestPack, lineOf, packFiles, type Talk, talkTo, WHATSAPP } from '../testing/pack.ts';

const files = {
  'flows/main.yaml': `
flow: main
nodes:
  - choose: topic
    options: [{ id: book, go: book }]
`,
  'flows/book.yaml': `
flow: book
intent: book
nodes:
  - set: { words: input.text }
  - run: details
  - say: done
`,
  'flows/details.yaml': `
flow: details
nodes:
  - ask: where
    kind: place
    heard: when
    save: where
  - set: { typed: input.text }
  - ask: when
    kind: date
    min: today
    heard: true
    save: when
  - ask: phone
    kind: phone
    heard: true
    save: phone
  - ask: amount
    kind: number
    heard: true
    max: 100000
    save: amount
  - ask: number
    form: "AB-####"
    heard: true
    save: number
  - ask: words
    save: words
  - ask: second
    kind: pin
    heard: true
    save: second
  - say: all
    with: { when: when, phone: phone, amount: string(amount), number: number, second: second, pin: where.pin }
`,
  'phrases/en.yaml': 'book: [book a hall]\n',
  'texts/en.yaml': `
main: { title: Main, topic: { text: "Topic?", options: { book: Book } } }
book: { title: Book, done: "Done: {words}" }
details:
  where: "Where?"
  when: "When?"
  phone: "Phone?"
  amount: "Amount?"
  number: "Number?"
  words: "Words?"
  second: "Second?"
  all: "{pin} {when} {phone} {amount} {number} {second}"
`,
};
const pack = compileTestPack({ files });

function opened(text: string, offered = false): { talk: Talk; first: string[] } {
  const understand: StepContext['understand'] = () =>
    offered
      ? { meaning: { offer: ['book'] }, outcome: 'clarify', candidates: [] }
      : { meaning: { flow: 'book' }, outcome: 'accept', candidates: [] };
  const talk = talkTo(pack, { understand });
  return { talk, first: talk.say(text).map(lineOf) };
}

test('nothing is asked that the opening message holds', () => {
  const { talk, first } = opened('hall in 400 028 on 20 January for ₹5,000, call 98765 43210, old number ab1234');
  expect(first).toEqual(['Words?']);
  expect(talk.say('for a wedding').map(lineOf)).toEqual(['Second?']);
});

test('what it does not hold is asked, and so is what could be two things or lies outside the limits', () => {
  expect(opened('book a hall please').first).toEqual(['Where? <location_request>']);
  expect(opened('hall in 400028 or 400050').first).toEqual(['Where? <location_request>']);
  expect(opened('hall in 400028 on 1 January').first).toEqual(['Phone? <contact_request>']);
  expect(opened('hall in 400028 on 20 January, 9876543210 or 9876543211').first).toEqual(['Phone? <contact_request>']);
  expect(opened('hall in 400028 on 20 January, 9876543210, rs 200000').first).toEqual(['Amount?']);
});

test('it is taken once: who goes back is asked', () => {
  const { talk } = opened('hall in 400028');
  expect(talk.session()?.stack.at(-1)?.node).toBe('when');
  talk.say('20 January');
  talk.say('9876543210');
  talk.say('500');
  talk.say('1234');
  expect(talk.say('for a wedding').map(lineOf)).toEqual(['Second?']);
});

test('a text in answer to a question may answer later ones, too', () => {
  const { talk } = opened('hall in 400028 on 20 January, 9876543210, rs 500, AB-1234');
  expect(talk.say('for a wedding, the guests come from 400050').map(lineOf)).toEqual([
    '400028 2026-01-20 919876543210 500 AB-1234 400050\n\nDone: hall in 400028 on 20 January, 9876543210, rs 500, AB-1234',
  ]);
});

test('a flow that was offered begins with the words that it was offered for', () => {
  const { talk } = opened('hall in 400028 on 20 January, 9876543210, rs 500, AB-1234', true);
  expect(talk.tap('Book').map(lineOf)).toEqual(['Words?']);
  talk.say('none');
  expect(talk.say('400050').map(lineOf)[0]).toContain('Done: hall in 400028');
});

test('an author is told what cannot be heard', () => {
  const problemsOf = (fields: string) => {
    const flow = `flow: main\nnodes:\n  - ask: it\n    ${fields}\n`;
    const source = {
      id: 'test',
      version: '1',
      files: packFiles({ 'flows/main.yaml': flow, 'texts/en.yaml': 'main: { it: "?" }' }),
    };
    return compilePack(source, { operations: [], channels: { whatsapp: WHATSAPP } }).problems.map(({ code }) => code);
  };
  expect(problemsOf('heard: true')).toContain('flow:ask-heard');
  expect(problemsOf('form: "##"')).toContain('flow:ask-heard');
  expect(problemsOf('kind: photo\n    heard: true')).toContain('flow:ask-heard');
  expect(problemsOf('form: "AB-####"\n    heard: true')).toEqual([]);
});
