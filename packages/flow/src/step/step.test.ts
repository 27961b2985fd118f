import type { InboundContent } from '@hazir/core';
import { describe, expect, test } from 'vitest';
import type { Understood } from '../contract.ts';
import { compileTestPack, contentsOf, lineOf, type Talk, talkTo } from '../testing/pack.ts';
import { openFlowChoice } from './choice-id.ts';
import { step } from './step.ts';

const files = {
  'pack.yaml': 'helpline: "1916"\nsessionTimeout: 24h\nmenu: menu\n',
  'flows/main.yaml': `
flow: main
nodes:
  - language: choose-language
  - say: welcome
    go: menu
`,
  'flows/menu.yaml': `
flow: menu
nodes:
  - choose: topic
    options: [{ id: roads, go: roads }, { id: water, go: water }]
`,
  'flows/roads.yaml': `
flow: roads
intent: roads
nodes:
  - say: card
    then: [water, menu]
`,
  'flows/water.yaml': `
flow: water
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
  'phrases/en.yaml': 'roads: ["the road is broken", pothole]\n',
  'phrases/hi.yaml': 'roads: ["सड़क टूटी है"]\n',
  'texts/en.yaml': `
main: { welcome: Welcome! }
menu:
  title: Menu
  topic: { text: What is it about?, options: { roads: Roads, water: Water } }
roads: { title: Roads, card: Call 123. }
water:
  title: Water
  what: { text: What is wrong?, options: { leak: A leak, smell: A smell } }
  where: Where?
  name: Your name?
  thanks: "Noted: {what}, {name}"
`,
  'texts/hi.yaml': `
main: { welcome: स्वागत है! }
menu:
  title: मेनू
  topic: { text: किस बारे में?, options: { roads: सड़क, water: पानी } }
roads: { title: सड़क, card: 123 पर फ़ोन करें। }
water:
  title: पानी
  what: { text: क्या हुआ?, options: { leak: रिसाव, smell: बदबू } }
  where: कहाँ?
  name: आपका नाम?
  thanks: "दर्ज: {what}, {name}"
`,
};

const pack = compileTestPack({ files, languages: ['en', 'hi'] });
const MENU = 'What is it about? [Roads | Water]';

function lines(contents: ReturnType<Talk['say']>): string[] {
  return contents.map(lineOf);
}

function atWhere(): Talk {
  const talk = talkTo(pack);
  talk.say('Hi');
  talk.tap('Water');
  talk.tap('A leak');
  return talk;
}

test('a first message asks for the language in all of them, then greets and asks in one bubble', () => {
  const talk = talkTo(pack, { contact: { id: 'c1' } });
  expect(lines(talk.say('Hi'))).toEqual(['Which language would you like?\nआप किस भाषा में बात करना चाहेंगे? [English | हिन्दी]']);
  expect(lines(talk.tap('हिन्दी'))).toEqual(['स्वागत है!\n\nकिस बारे में? [सड़क | पानी]']);
  expect(talk.last().events[0]).toEqual({ type: 'language_changed', language: 'hi' });
  expect(lines(talk.say('२'))).toEqual(['क्या हुआ? [रिसाव | बदबू]']);
  expect(lines(talk.say('A LEAK!'))).toEqual(['कहाँ? <location_request>']);
});

test.each([
  ['menu', [MENU]],
  ['मेनू', [MENU]],
  ['radd kara', [MENU]],
  ['Main Menu.', [MENU]],
  ['namaste', [`Welcome!\n\n${MENU}`]],
  ['restart', ['What is wrong? [A leak | A smell]']],
  ['मागे', ['What is wrong? [A leak | A smell]']],
  ['STOP', ['Done. You will not get any more messages from us. To come back, write START.']],
])('the command “%s” works in the middle of a flow, in any language', (said, expected) => {
  expect(lines(atWhere().say(said))).toEqual(expected);
});

test('a command inside a sentence is no command', () => {
  const talk = atWhere();
  talk.say('400028');
  expect(lines(talk.say('please stop the water'))).toEqual(['Noted: leak, please stop the water']);
});

test('help and a person leave the citizen where they stand', () => {
  const talk = atWhere();
  expect(lines(talk.say('help'))[0]).toMatch(/^You can always write:.*\[Menu \| Talk to a person\]$/s);
  expect(lines(talk.tap('Talk to a person'))).toEqual([
    'I have told our team. A person will reply to you here. If it is urgent, please call 1916.',
  ]);
  expect(talk.last().events[0]).toEqual({
    type: 'ticket_opened',
    topic: 'helpline',
    summary: 'water/where',
    values: { what: 'leak' },
  });
  expect(lines(talk.say('400028'))).toEqual(['Your name?']);
});

test('a person can be asked for at rest', () => {
  const talk = talkTo(pack);
  expect(lines(talk.say('किसी से बात करनी है'))[0]).toContain('1916');
  expect(talk.session()).toBeUndefined();
});

test('the language can be changed in the middle; the question is asked again in the new one', () => {
  const talk = atWhere();
  expect(lines(talk.say('language'))).toEqual(['Which language would you like?\nआप किस भाषा में बात करना चाहेंगे? [English | हिन्दी]']);
  expect(lines(talk.say('back'))).toEqual(['Where? <location_request>']);
  talk.say('भाषा');
  expect(lines(talk.say('hindi'))).toEqual(['ठीक है, अब हम हिन्दी में बात करेंगे।\n\nकहाँ? <location_request>']);
  expect(talk.session()?.stack).toEqual([{ flow: 'water', node: 'where', values: { what: 'leak' } }]);
});

test('the language can be changed at rest; the menu follows', () => {
  const talk = talkTo(pack);
  talk.say('language');
  expect(lines(talk.say('2'))).toEqual(['ठीक है, अब हम हिन्दी में बात करेंगे।\n\nकिस बारे में? [सड़क | पानी]']);
});

test('back goes through the questions of the flow, then to the flow before, then says that it is the first', () => {
  const talk = atWhere();
  talk.say('400028');
  expect(lines(talk.say('back'))).toEqual(['Where? <location_request>']);
  expect(lines(talk.say('back'))).toEqual(['What is wrong? [A leak | A smell]']);
  expect(lines(talk.say('back'))).toEqual([MENU]);
  expect(lines(talk.say('back'))).toEqual([`This is the first step, there is nothing before it.\n\n${MENU}`]);
});

test('stop opts out and start opts in again', () => {
  const talk = talkTo(pack);
  talk.say('बंद करो');
  expect(talk.last().events.map(({ type }) => type)).toEqual(['opted_out', 'message_created']);
  talk.context.contact = { ...talk.context.contact, optedOut: true };
  expect(lines(talk.say('start'))[0]).toContain('Welcome back!');
  expect(talk.last().events.map(({ type }) => type)).toContain('opted_in');
});

test('a tap on an old menu opens its flow; a tap on an old question is answered kindly and counts as no miss', () => {
  const talk = atWhere();
  expect(lines(talk.tap('A smell'))).toEqual(['That button belongs to an earlier question.\n\nWhere? <location_request>']);
  expect(talk.session()?.misses).toBe(0);
  expect(lines(talk.tap('Roads'))).toEqual(['Call 123. [Water | Menu]']);
  talk.say('menu');
  expect(lines(talk.send({ type: 'choice', id: 'gone/with/it', label: 'x', source: 'list' }))).toEqual([
    `That button belongs to an earlier question.\n\n${MENU}`,
  ]);
});

test('a button of a card still opens its flow days later, and one of a template opens the flow that it names', () => {
  const talk = talkTo(pack);
  talk.say('pothole');
  talk.pass(3 * 86_400_000);
  expect(lines(talk.tap('Water'))).toEqual(['What is wrong? [A leak | A smell]']);
  expect(lines(talk.send({ type: 'choice', id: openFlowChoice('roads'), label: 'See', source: 'template' }))).toEqual([
    'Call 123. [Water | Menu]',
  ]);
});

test('a phrase opens its flow at rest and at a menu, never in the middle of a question', () => {
  const talk = talkTo(pack);
  expect(lines(talk.say('The road is BROKEN!'))).toEqual(['Call 123. [Water | Menu]']);
  talk.say('menu');
  expect(lines(talk.say('सड़क टूटी है'))).toEqual(['Call 123. [Water | Menu]']);
  const busy = atWhere();
  busy.say('400028');
  expect(lines(busy.say('pothole'))).toEqual(['Noted: leak, pothole']);
});

test('a classifier is asked only about what is no answer, no command and no phrase', () => {
  const asked: string[] = [];
  const talk = talkTo(pack, {
    understand: (text) => {
      asked.push(text);
      return text.includes('drain') ? accept('water') : undefined;
    },
  });
  expect(lines(talk.say('my drain smells'))).toEqual(['What is wrong? [A leak | A smell]']);
  talk.say('bananas');
  talk.say('menu');
  talk.say('bananas');
  talk.tap('Water');
  talk.tap('A leak');
  talk.say('400028');
  talk.say('bananas');
  expect(asked).toEqual(['my drain smells', 'bananas', 'bananas']);
});

function accept(flow: string): Understood {
  return { meaning: { flow }, outcome: 'accept', candidates: [{ intent: flow, score: 0.9 }] };
}

function clarify(flows: string[]): Understood {
  return { meaning: { offer: flows }, outcome: 'clarify', candidates: flows.map((intent) => ({ intent, score: 0.2 })) };
}

const ASKED_WHERE = 'Where? <location_request>';
const SWITCH =
  'That sounds like something else. Shall I open it first? What you have told me stays, and we go on here afterwards. [Roads | Go on here]';

describe('a change of mind in the middle', () => {
  const inTheMiddle = (): Talk => {
    const talk = talkTo(pack, { understand: (text) => (text.includes('broken') ? accept('roads') : undefined) });
    talk.say('Hi');
    talk.tap('Water');
    talk.tap('A leak');
    return talk;
  };

  test.each([['roads are all broken here'], ['the road is broken'], ['pothole']])(
    '“%s” is offered, and what was told stays when it is taken',
    (said) => {
      const talk = inTheMiddle();
      expect(lines(talk.say(said))).toEqual([SWITCH]);
      expect(lines(talk.tap('Roads'))).toEqual(['Call 123. [Water | Menu]', ASKED_WHERE]);
      talk.say('400028');
      expect(lines(talk.say('Asha'))).toEqual(['Noted: leak, Asha']);
    },
  );

  test('going on asks the question again, and the button of the other flow still works later', () => {
    const talk = inTheMiddle();
    talk.say('pothole');
    expect(lines(talk.say('go on here'))).toEqual([ASKED_WHERE]);
    expect(lines(talk.tap('Roads'))).toEqual(['Call 123. [Water | Menu]', ASKED_WHERE]);
    expect(talk.session()?.stack[0]?.values).toEqual({ what: 'leak' });
  });

  test('an answer instead of a tap is taken, and so is a command', () => {
    const talk = inTheMiddle();
    talk.say('pothole');
    expect(lines(talk.say('400028'))).toEqual(['Your name?']);
    const back = inTheMiddle();
    back.say('pothole');
    expect(lines(back.say('back'))).toEqual([ASKED_WHERE]);
  });

  test('the flow itself, an unsure guess and words that answer the question change nothing', () => {
    const same = talkTo(pack, { understand: () => accept('water') });
    same.say('Hi');
    same.tap('Water');
    expect(lines(same.say('my tap drips'))[0]).toContain('What is wrong?');
    const unsure = talkTo(pack, { understand: () => clarify(['roads']) });
    unsure.say('menu');
    unsure.tap('Water');
    expect(lines(unsure.say('hm'))[0]).toContain('What is wrong?');
    const answered = inTheMiddle();
    answered.say('400028');
    expect(lines(answered.say('broken'))).toEqual(['Noted: leak, broken']);
  });

  test('however often somebody changes their mind, it ends kindly', () => {
    const flows = ['roads', 'water'];
    let turn = 0;
    const talk = talkTo(pack, { understand: () => accept(flows[turn++ % 2] ?? '') });
    talk.say('Hi');
    for (let round = 0; round < 20; round += 1) {
      expect(talk.say('something else entirely').length).toBeGreaterThan(0);
      talk.say('1');
    }
    expect(talk.events().filter(({ type }) => type === 'error_raised')).toEqual([]);
  });
});

test('every decision about free text is told, without the text', () => {
  const talk = talkTo(pack, { understand: () => clarify(['roads', 'water']) });
  talk.say('mera road kharab hai');
  talk.say('सड़क टूटी है');
  const told = talk.events().filter(({ type }) => type === 'text_understood');
  expect(told).toMatchObject([
    {
      flow: '',
      script: 'Latin',
      words: 4,
      outcome: 'clarify',
      did: 'offered',
      version: '1',
      candidates: [{ intent: 'roads' }, {}],
    },
    { flow: '=offer', node: 'ask', script: 'Devanagari', words: 3, outcome: 'phrase', did: 'opened' },
  ]);
  expect(JSON.stringify(told)).not.toContain('kharab');
});

describe('a classifier that is not sure', () => {
  const unsure = () =>
    talkTo(pack, { understand: (text) => (text.includes('wet') ? clarify(['roads', 'water', 'gone', 'main']) : undefined) });

  test('has the flows with a title offered, and a tap or a number opens one', () => {
    const tapped = unsure();
    expect(lines(tapped.say('wet road'))).toEqual(['Do you mean one of these? [Roads | Water | Menu]']);
    expect(lines(tapped.tap('Water'))).toEqual(['What is wrong? [A leak | A smell]']);
    const written = unsure();
    written.say('wet road');
    expect(lines(written.say('2'))).toEqual(['What is wrong? [A leak | A smell]']);
  });

  test('leaves every other way open', () => {
    const talk = unsure();
    talk.say('wet road');
    expect(lines(talk.say('the road is broken'))).toEqual(['Call 123. [Water | Menu]']);
    talk.say('wet road');
    expect(lines(talk.say('bananas'))[0]).toContain('did not understand');
    expect(lines(talk.say('menu'))).toEqual(['What is it about? [Roads | Water]']);
    const nothing = talkTo(pack, { understand: () => clarify(['gone']) });
    expect(lines(nothing.say('wet road'))).toEqual(['What is it about? [Roads | Water]']);
  });
});

test('reactions, edits and things taken back change nothing', () => {
  const talk = atWhere();
  const before = talk.session();
  expect(talk.send({ type: 'reaction', messageId: 'm', emoji: '👍' })).toEqual([]);
  expect(talk.send({ type: 'revoke', messageId: 'm' })).toEqual([]);
  expect(talk.send({ type: 'edit', messageId: 'm', text: 'menu' })).toEqual([]);
  expect(talk.session()).toBe(before);
});

test.each<[string, InboundContent, string]>([
  ['a sticker', { type: 'media', media: 'sticker', mediaId: '1', mimeType: 'image/webp' }, 'I cannot read this kind of message'],
  ['a voice note', { type: 'media', media: 'voice', mediaId: '1', mimeType: 'audio/ogg' }, 'I cannot understand voice messages'],
  ['an order', { type: 'order', catalogId: 'c', items: [] }, 'I cannot read this kind of message'],
  ['something new', { type: 'unsupported', detail: 'poll' }, 'I cannot read this kind of message'],
])('%s is answered kindly and the question asked again', (_, content, words) => {
  const talk = talkTo(pack);
  talk.say('menu');
  const [line] = lines(talk.send(content));
  expect(line).toContain(words);
  expect(line).toContain('What is it about?');
  expect(talk.last().events).toContainEqual(
    expect.objectContaining({ type: 'input_missed', flow: 'menu', node: 'topic', misses: 1 }),
  );
});

test('after a day of silence in a question it says so and begins anew; after a menu it only begins anew', () => {
  const talk = atWhere();
  talk.pass(25 * 3_600_000);
  expect(lines(talk.say('400028'))).toEqual([`It has been a while, so let us start afresh.\n\nWelcome!\n\n${MENU}`]);
  expect(talk.last().events[0]).toEqual({ type: 'session_expired', flow: 'water' });
  talk.pass(25 * 3_600_000);
  expect(lines(talk.say('hello?'))).toEqual([`Welcome!\n\n${MENU}`]);
});

test('a running conversation stays on its version; a new one starts on the current; a gone version starts afresh kindly', () => {
  const newer = compileTestPack({
    files: { ...files, 'texts/en.yaml': files['texts/en.yaml'].replace('Your name?', 'Who are you?') },
    languages: ['en', 'hi'],
    version: '2',
  });
  const talk = atWhere();
  talk.context.current = newer;
  expect(lines(talk.say('400028'))).toEqual(['Your name?']);
  talk.context.packOf = () => undefined;
  expect(lines(talk.say('Asha'))).toEqual([`We have improved this service, so let us start afresh.\n\nWelcome!\n\n${MENU}`]);
  expect(talk.session()?.version).toBe('2');
});

test('an officer or a broadcast can open a flow; one that does not exist is an error and an apology', () => {
  const talk = talkTo(pack);
  talk.say('menu');
  talk.give({ type: 'start', flow: 'roads' });
  expect(contentsOf(talk.last().events).map(lineOf)).toEqual(['Call 123. [Water | Menu]']);
  talk.give({ type: 'start', flow: 'nowhere' });
  expect(talk.last().events.map(({ type }) => type)).toContain('error_raised');
  expect(lines(contentsOf(talk.last().events))[0]).toContain('Sorry, something went wrong on our side.');
});

test('answers and timers that nobody waits for are ignored', () => {
  const talk = atWhere();
  const before = talk.session();
  talk.give({ type: 'answer', callId: 'other', result: { ok: true, value: 1 } });
  talk.give({ type: 'timer' });
  expect(talk.session()).toBe(before);
  expect(step(undefined, { type: 'timer' }, talk.context)).toEqual({ session: undefined, events: [] });
});

test('a step does not touch the session that it was given', () => {
  const talk = atWhere();
  const before = talk.session();
  const copy = structuredClone(before);
  step(before, { type: 'message', messageId: 'm', content: { type: 'text', text: '400028' } }, talk.context);
  expect(before).toEqual(copy);
});

test('a session in ordinary use stays below one kilobyte', () => {
  const talk = atWhere();
  talk.say('400028');
  expect(JSON.stringify(talk.session()).length).toBeLessThan(1024);
});

test('a photo sent at rest or at a menu opens the flow that takes it, with the photo and its caption; elsewhere it is an answer', () => {
  const taking = compileTestPack({
    files: {
      'pack.yaml': 'menu: main\nopens: { photo: report }\n',
      'flows/main.yaml': 'flow: main\nnodes:\n  - choose: topic\n    options: [{ id: report, go: report }]\n',
      'flows/report.yaml': `
flow: report
nodes:
  - set: { files: "isSet(input.photo) ? [input.photo] : []", words: input.text }
  - language: choose-language
  - ask: where
    kind: place
    save: where
  - say: done
    with: { kind: 'size(files) == 0 ? "none" : files[0].media', words: words }
`,
      'texts/en.yaml':
        'main: { topic: { text: Topic?, options: { report: Report } } }\nreport: { title: Report, where: Where?, done: "{kind}: {words}" }\n',
    },
  });
  const photo: InboundContent = { type: 'media', media: 'image', mediaId: '1', mimeType: 'image/jpeg', caption: 'A hole' };
  const talk = talkTo(taking);
  expect(lines(talk.send(photo))).toEqual(['Where? <location_request>']);
  expect(talk.session()?.stack[0]?.values).toEqual({
    files: [{ messageId: 'm-1', media: 'image', mimeType: 'image/jpeg', caption: 'A hole' }],
    words: 'A hole',
  });
  expect(lines(talk.send(photo))[0]).not.toContain('image');
  expect(lines(talk.say('400028'))).toEqual(['image: A hole']);
  talk.say('menu');
  expect(lines(talk.send({ ...photo, media: 'document', fileName: 'a.jpg' }))).toEqual(['Where? <location_request>']);
  talk.say('menu');
  expect(lines(talk.send({ type: 'media', media: 'voice', mediaId: '1', mimeType: 'audio/ogg' }))[0]).toContain('Topic?');
});
