import type { OutboundMessage } from '@hazir/core';
import { expect, test } from 'vitest';
import { compileTestPack, packFiles, talkTo } from '../testing/pack.ts';
import { fillCaptured, findTappedChoice, matchConversationStep } from './match.ts';
import { parseConversations } from './parse.ts';

const files = {
  'flows/main.yaml': `
flow: main
nodes:
  - choose: topic
    options: [roads, water]
    save: topic
  - ask: where
    kind: place
    save: where
  - say: done
    with: { reference: '"MUM-123456"', count: 2 }
    attach: { location: "{'latitude': 19.0, 'longitude': 72.8}" }
`,
  'texts/en.yaml': `
main:
  topic: { text: "What is it about?", options: { roads: Roads, water: Water } }
  where: "Where is it?"
  done: "{count, plural, one {One request} other {# requests}}: {reference}. Thank you."
`,
  'texts/mr.yaml': `
main:
  topic: { text: "कशाबद्दल?", options: { roads: रस्ते, water: पाणी } }
  where: "कुठे?"
  done: "{count, plural, one {एक तक्रार} other {# तक्रारी}}: {reference}. धन्यवाद."
`,
  'conversations/roads.yaml': `
conversation: A road, with a place
language: mr
steps:
  - citizen: Hi
  - hazir: { text: main.topic, options: [roads, पाणी], state: { flow: main, node: topic } }
  - citizen: { tap: रस्ते }
  - hazir: { text: main.where, offers: location, saves: { topic: roads } }
  - citizen: { location: { latitude: 19.0, longitude: 72.8 } }
  - hazir: { text: main.done, contains: ["MUM-"], location: true, contact: false, capture: { reference: "MUM-######" }, state: { resting: true } }
  - citizen: { wait: PT1H30M }
  - citizen: "status {reference}"
`,
};

const pack = compileTestPack({ files, languages: ['en', 'mr'] });

test('a conversation file is read and holds against the engine, in the digits and language of the citizen', () => {
  const { conversations, problems } = parseConversations({ id: 'test', version: '1', files: packFiles(files) });
  expect(problems).toEqual([]);
  const [conversation] = conversations;
  expect(conversation?.title).toBe('A road, with a place');
  const talk = talkTo(pack, { contact: { id: 'c', language: 'mr' } });
  let sent: OutboundMessage[] = [];
  let captured = {};
  for (const step of conversation?.steps ?? []) {
    if (step.type === 'hazir') {
      const match = matchConversationStep(step.expected, sent, {
        pack,
        language: 'mr',
        captured,
        session: talk.session() ?? null,
      });
      expect(match.mismatches, `line ${step.line}`).toEqual([]);
      captured = match.captured;
    } else if (step.type === 'officer') {
      throw new Error('no officer in this conversation');
    } else if (step.act.type === 'text') {
      expect(fillCaptured(step.act.text, captured)).not.toContain('{');
      sent = talk.say(step.act.text).map((content) => ({ content }));
    } else if (step.act.type === 'tap') {
      const choice = findTappedChoice(step.act.option, sent);
      sent = talk
        .send({ type: 'choice', id: choice?.id ?? '', label: choice?.label ?? '', source: 'button' })
        .map((content) => ({ content }));
    } else if (step.act.type === 'location') {
      sent = talk.send({ ...step.act }).map((content) => ({ content }));
    } else {
      expect(step.act).toEqual({ type: 'wait', milliseconds: 5_400_000 });
    }
  }
  expect(captured).toEqual({ reference: 'MUM-123456' });
});

test('each difference is a sentence', () => {
  const sent: OutboundMessage[] = [
    { content: { type: 'choice', text: 'What is it about?', choices: [{ id: 'main/topic/roads', label: 'Roads' }] } },
  ];
  const about = { pack, language: 'en', session: null };
  const wrong = matchConversationStep(
    {
      text: ['main.where', 'main.nothing'],
      contains: 'MUM',
      lacks: 'about',
      options: ['water'],
      offers: 'location',
      contact: true,
      link: true,
      capture: { reference: 'MUM-###' },
      saves: { topic: 'roads' },
      state: { flow: 'main', resting: false },
    },
    sent,
    about,
  );
  expect(wrong.mismatches).toEqual([
    'The text "main.where" in "en" should be said (“Where is it?”), but it was: “What is it about?”',
    'The pack has no text "main.nothing".',
    '“MUM” should be said, but it was: “What is it about?”',
    '“about” should not be said, but it was: “What is it about?”',
    'The options should be water, but they were Roads',
    'A contact card should be sent, but was not.',
    'A request for the location should be sent, but was not.',
    'A link should be sent, but was not.',
    'Something like MUM-### should be said, but it was: “What is it about?”',
    'The flow should be "main", but is null',
    'Resting should be false, but is true',
    'The value "topic" should be "roads", but is null',
  ]);
  expect(matchConversationStep({ none: true }, sent, about).mismatches).toHaveLength(1);
  expect(matchConversationStep({}, [], about).mismatches).toEqual(['Something should be said, but nothing was.']);
});

test('numbered lines count as options where a channel has no others', () => {
  const sent: OutboundMessage[] = [{ content: { type: 'text', text: 'About?\n\n१. Roads\n२. Water – leaks' } }];
  expect(matchConversationStep({ options: ['Roads', 'Water'] }, sent, { pack, language: 'en' }).mismatches).toEqual([]);
});

test('what was captured may be part of an option', () => {
  const choices = [{ id: 'mine/which/MUM-123456', label: '🆕 MUM-123456' }];
  const sent: OutboundMessage[] = [{ content: { type: 'choice', text: 'Which one?', choices } }];
  const about = { pack, language: 'en', captured: { reference: 'MUM-123456' } };
  expect(matchConversationStep({ options: ['🆕 {reference}'] }, sent, about).mismatches).toEqual([]);
  expect(matchConversationStep({ options: ['{other}'] }, sent, about).mismatches).toHaveLength(1);
});

test('mistakes in a conversation file have file, line and hint', () => {
  const text = 'conversation: X\nsteps:\n  - citizen: { wait: soon }\n';
  const wrong = 'conversation: Y\nsteps:\n  - hazir: { tekst: a }\n';
  const { problems } = parseConversations({
    id: 't',
    version: '1',
    files: new Map([
      ['conversations/a.yaml', text],
      ['conversations/b.yaml', wrong],
    ]),
  });
  expect(problems.map(({ code, file, line }) => [code, file, line])).toEqual([
    ['conversation:wait', 'conversations/a.yaml', 3],
    ['pack:unknown-field', 'conversations/b.yaml', 3],
  ]);
});
