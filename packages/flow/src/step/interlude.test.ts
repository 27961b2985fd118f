/** An officer's update, a broadcast or an alert in the middle of something half-written. */
import { expect, test } from 'vitest';
import type { Input } from '../contract.ts';
import { compileTestPack, contentsOf, lineOf, type Talk, talkTo } from '../testing/pack.ts';

const pack = compileTestPack({
  files: {
    'pack.yaml': 'menu: menu\nsessionTimeout: 24h\n',
    'flows/main.yaml': 'flow: main\nnodes:\n  - say: welcome\n    go: menu\n',
    'flows/menu.yaml': `
flow: menu
nodes:
  - choose: topic
    options: [{ id: complain, go: complain }, { id: tips, go: tips }]
`,
    'flows/complain.yaml': `
flow: complain
nodes:
  - choose: what
    options: [leak, smell]
    save: what
  - ask: where
    kind: place
    save: where
  - ask: name
    save: name
  - say: thanks
`,
    'flows/note.yaml': 'flow: note\ninputs: { text: string }\nnodes:\n  - say: said\n    with: { text: text }\n',
    'flows/update.yaml': `
flow: update
inputs: { reference: string }
nodes:
  - say: moved
    with: { reference: reference }
    then: [rate, tips, menu]
  - choose: rate
    options: ["1", "2"]
    save: rating
  - say: rated
    with: { reference: reference, rating: rating }
    then: [menu]
`,
    'flows/survey.yaml': 'flow: survey\nnodes:\n  - ask: age\n    kind: number\n    save: age\n  - say: noted\n',
    'flows/tips.yaml': 'flow: tips\nnodes:\n  - say: tip\n    then: [menu]\n',
    'flows/broken.yaml':
      'flow: broken\ninputs: { n: any }\nnodes:\n  - set: { m: "n.x.y" }\n  - say: never\n    with: { m: m }\n',
    'flows/alarm.yaml': 'flow: alarm\nintent: alarm\nurgent: true\nnodes:\n  - say: numbers\n    then: [tips, menu]\n',
    'phrases/en.yaml': 'alarm: [fire, ambulance]\n',
    'texts/en.yaml': `
main: { welcome: Welcome! }
menu: { title: Menu, topic: { text: Topic?, options: { complain: Complain, tips: Tips } } }
complain:
  what: { text: What is wrong?, options: { leak: A leak, smell: A smell } }
  where: Where?
  name: Your name?
  thanks: "Noted: {what}, {name}"
note: { said: "{text}" }
update:
  moved: { text: "{reference} has moved.", options: { rate: Rate it } }
  rate: { text: How well?, options: { "1": Badly, "2": Well } }
  rated: "Thanks: {reference}, {rating}."
survey: { age: How old?, noted: Noted. }
tips: { title: Tips, tip: Save water. }
alarm: { numbers: Call 112. }
broken: { never: "{m}" }
`,
  },
});

const update: Input = { type: 'start', flow: 'update', values: { reference: 'R-1' } };
const CARD = 'R-1 has moved. [Rate it | Tips | Menu]';
const WHERE = 'Where? <location_request>';

function atWhere(): Talk {
  const talk = talkTo(pack);
  talk.say('Hi');
  talk.tap('Complain');
  talk.tap('A leak');
  return talk;
}

function lines(contents: ReturnType<Talk['say']>): string[] {
  return contents.map(lineOf);
}

test('a short message joins the open question in one bubble, and the complaint goes on', () => {
  const talk = atWhere();
  expect(lines(talk.give({ type: 'start', flow: 'note', values: { text: 'No water today.' } }))).toEqual([
    `No water today.\n\n${WHERE}`,
  ]);
  expect(talk.session()?.stack).toEqual([{ flow: 'complain', node: 'where', values: { what: 'leak' } }]);
  expect(lines(talk.say('400028'))).toEqual(['Your name?']);
  expect(lines(talk.say('Asha'))).toEqual(['Noted: leak, Asha']);
});

test('a card with buttons stays above the question; an answer goes to the question', () => {
  const talk = atWhere();
  expect(lines(talk.give(update))).toEqual([CARD, WHERE]);
  expect(lines(talk.say('400028'))).toEqual(['Your name?']);
  expect(talk.last().events).toContainEqual({ type: 'flow_ended', flow: 'update', exit: 'left' });
  expect(lines(talk.say('back'))).toEqual([WHERE]);
});

test('a tap on the card works with what it was given, and the question comes back after it', () => {
  const talk = atWhere();
  talk.give(update);
  expect(lines(talk.tap('Rate it'))).toEqual(['How well? [Badly | Well]']);
  expect(lines(talk.say('2'))).toEqual(['Thanks: R-1, 2. [Menu]', WHERE]);
  expect(lines(talk.say('400028'))).toEqual(['Your name?']);
});

test('another flow from the card keeps the question; the menu leaves it, as it always does', () => {
  const talk = atWhere();
  talk.give(update);
  expect(lines(talk.tap('Tips'))).toEqual(['Save water. [Menu]', WHERE]);
  expect(lines(talk.tap('Menu'))).toEqual(['Topic? [Complain | Tips]']);
  expect(talk.session()?.stack.map(({ flow }) => flow)).toEqual(['menu']);
});

test('a question of an interlude waits for its answer; back leaves it', () => {
  const talk = atWhere();
  const survey: Input = { type: 'start', flow: 'survey' };
  expect(lines(talk.give(survey))).toEqual(['How old?']);
  expect(lines(talk.say('42'))).toEqual([`Noted.\n\n${WHERE}`]);
  talk.give(survey);
  expect(lines(talk.say('back'))).toEqual([WHERE]);
  talk.give(survey);
  expect(lines(talk.give(update))).toEqual([CARD, 'How old?']);
  talk.say('42');
  expect(lines(talk.say('400028'))).toEqual(['Your name?']);
});

test('a second update takes the place of the first card, and nothing piles up', () => {
  const talk = atWhere();
  for (let count = 0; count < 20; count += 1) expect(lines(talk.give(update))).toEqual([CARD, WHERE]);
  expect(talk.session()?.stack.map(({ flow }) => flow)).toEqual(['complain', 'update']);
});

test('commands after an update concern the question', () => {
  const talk = atWhere();
  talk.give(update);
  talk.say('person');
  expect(talk.last().events).toContainEqual(expect.objectContaining({ type: 'ticket_opened', summary: 'complain/where' }));
  talk.give(update);
  expect(lines(talk.say('back'))).toEqual(['What is wrong? [A leak | A smell]']);
});

test('an update that fails, or that no flow takes, leaves the complaint alone', () => {
  const talk = atWhere();
  expect(lines(talk.give({ type: 'start', flow: 'broken', values: { n: 1 } }))).toEqual([
    expect.stringMatching(/^Sorry, something went wrong on our side.*Where\? <location_request>$/s),
  ]);
  expect(talk.give({ type: 'start', flow: 'nowhere' })).toEqual([]);
  expect(talk.last().events).toEqual([expect.objectContaining({ type: 'error_raised', code: 'flow:missing-flow' })]);
  expect(lines(talk.say('400028'))).toEqual(['Your name?']);
});

test('at rest, at a menu and after a long silence the flow takes the place of what was open', () => {
  const talk = talkTo(pack);
  expect(lines(talk.give(update))).toEqual([CARD]);
  expect(talk.session()?.stack.map(({ flow }) => flow)).toEqual(['update']);
  talk.say('menu');
  talk.give(update);
  expect(talk.session()?.stack.map(({ flow }) => flow)).toEqual(['update']);
  const away = atWhere();
  away.pass(25 * 3_600_000);
  expect(lines(away.give(update))).toEqual([CARD]);
  expect(away.last().events[0]).toEqual({ type: 'session_expired', flow: 'complain' });
  expect(contentsOf(away.last().events)).toHaveLength(1);
});

test('an urgent phrase is heard everywhere, and the question comes back after it', () => {
  const ALARM = 'Call 112. [Tips | Menu]';
  const talk = talkTo(pack);
  expect(lines(talk.say('Fire!'))).toEqual([ALARM]);
  talk.tap('Menu');
  expect(lines(talk.say('fire'))).toEqual([ALARM]);
  const busy = atWhere();
  expect(lines(busy.say('FIRE'))).toEqual([ALARM, WHERE]);
  expect(lines(busy.say('ambulance'))).toEqual([ALARM, WHERE]);
  expect(lines(busy.tap('Tips'))).toEqual(['Save water. [Menu]', WHERE]);
  expect(lines(busy.say('400028'))).toEqual(['Your name?']);
  expect(lines(busy.say('fire'))).toEqual([ALARM, 'Your name?']);
  expect(lines(busy.say('Fire Brigade Road'))).toEqual(['Noted: leak, Fire Brigade Road']);
});
