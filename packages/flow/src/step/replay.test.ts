/** Properties over random transcripts: replaying gives the same events, every step ends, a session stays small, nothing throws. */
import type { InboundContent } from '@hazir/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Input, Session, StepContext, StepResult } from '../contract.ts';
import { compileTestPack, PLAIN, START_OF_TIME, WHATSAPP } from '../testing/pack.ts';
import { step } from './step.ts';

const output = {
  type: 'array',
  items: { type: 'object', properties: { code: { type: 'string' }, n: { type: 'integer' } }, required: ['code'] },
};
const pack = compileTestPack({
  files: {
    'pack.yaml': 'opens: { photo: report, voice: card }\n',
    'phrases/en.yaml': 'alarm: [fire]\n',
    'flows/main.yaml': `
flow: main
nodes:
  - language: choose-language
  - choose: topic
    options: [{ id: report, go: report }, { id: card, go: card }, { id: later, go: pause }]
  - wait: pause
    for: 1h
    timeout: topic
    input: topic
`,
    'flows/report.yaml': `
flow: report
nodes:
  - ask: what
    accept: [photo, text]
    save: what
  - ask: where
    kind: place
    save: where
  - call: areas.at
    with: { place: where }
    save: areas
    error: where
  - choose: area
    from: areas
    option: { id: item.code, label: item.code, detail: "isSet(item.n) ? string(item.n) : ''" }
    save: area
    empty: where
  - run: count
    with: { start: 1 }
    save: n
  - say: done
    with: { n: n, code: area.code }
    go: card
`,
    'flows/count.yaml': `
flow: count
inputs: { start: int }
nodes:
  - ask: n
    kind: number
    required: false
    save: n
  - end: done
    value: "isSet(n) ? n + start : start"
`,
    'flows/pause.yaml': 'flow: pause\nnodes:\n  - wait: pause\n    for: 1h\n  - say: over\n',
    'flows/card.yaml': 'flow: card\nintent: alarm\nurgent: true\nnodes:\n  - say: card\n    then: [report, main]\n',
    ...Object.fromEntries(
      ['en', 'ur'].map((language) => [
        `texts/${language}.yaml`,
        `
main: { title: Main, topic: { text: "Topic?", options: { report: Report, card: Card, later: Later } } }
report: { title: Report, what: "What?", where: "Where?", area: "Which?", done: "{code}: {n, plural, one {# x} other {# y}}" }
count: { n: "How many?" }
card: { card: "Card." }
pause: { over: "Over." }
`,
      ]),
    ),
  },
  languages: ['en', 'ur'],
  operations: [{ name: 'areas.at', summary: '', input: { type: 'object', properties: { place: {} } }, output }],
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '\ud800',
    '\udc00 x',
    '\u202Emenu\u2066',
    '{what, plural, other {',
    '४०००२८',
    '٢',
    '𝟙',
    'a'.repeat(4096),
    '\u0000',
    '1',
    '2',
    '3',
    '10',
    '-1',
    '1e999',
    '999999999999999999999',
    'menu',
    'back',
    'restart',
    'language',
    'stop',
    'start',
    'help',
    'fire',
    'person',
    'skip',
    'Hi',
    'report',
    'Urdu',
    '400028',
    '__proto__',
    'constructor',
  ),
);
const ids = [
  'main/topic/report',
  'main/topic/card',
  'main/topic/later',
  'report/area/A',
  'report/area/+more',
  'count/n/skip',
  'card/card/main',
  '@menu',
  '@person',
  '@nothing',
  '@open/card',
  '@open/gone',
  '=language/ask/ur',
  'a/b',
  '',
  '////',
];
const content: fc.Arbitrary<InboundContent> = fc.oneof(
  { weight: 5, arbitrary: hostile.map((text): InboundContent => ({ type: 'text', text })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom(...ids), hostile)
      .map(([id, label]): InboundContent => ({ type: 'choice', id, label, source: 'button' })),
  },
  fc.record({ latitude: fc.double(), longitude: fc.double() }).map((at): InboundContent => ({ type: 'location', ...at })),
  fc
    .tuple(fc.constantFrom('image', 'video', 'audio', 'voice', 'document', 'sticker' as const), hostile)
    .map(([media, caption]): InboundContent => ({ type: 'media', media, mediaId: 'x', mimeType: 'image/png', caption })),
  fc.constantFrom<InboundContent>(
    { type: 'contacts', contacts: [], requested: false },
    { type: 'form', name: 'f', values: { a: [null] } },
    { type: 'order', catalogId: 'c', items: [] },
    { type: 'reaction', messageId: 'm', emoji: '👍' },
    { type: 'edit', messageId: 'm', text: 'x' },
    { type: 'revoke', messageId: 'm' },
    { type: 'unsupported', detail: 'x' },
  ),
);
type StepAnswer = Extract<Input, { type: 'answer' }>['result'];
const answer = fc.oneof(
  fc.constantFrom<StepAnswer[]>(
    { ok: true, value: [{ code: 'A', n: 1 }, { code: 'B/C' }] },
    { ok: true, value: [] },
    { ok: false, error: { code: 'areas:none', message: '' } },
  ),
  fc.jsonValue().map((value) => ({ ok: true as const, value: JSON.parse(JSON.stringify(value)) })),
  fc.integer({ min: 0, max: 40 }).map((many) => ({
    ok: true as const,
    value: Array.from({ length: many }, (_, index) => ({ code: `Area ${index}`, n: index })),
  })),
);
type Act =
  | { input: 'message'; content: InboundContent; pass: number }
  | { input: 'answer'; result: StepAnswer }
  | { input: 'timer' }
  | { input: 'start'; flow: string };
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ input: fc.constant('message' as const), content, pass: fc.constantFrom(0, 1000, 90_000_000) }),
  },
  { weight: 4, arbitrary: fc.record({ input: fc.constant('answer' as const), result: answer }) },
  fc.constant({ input: 'timer' as const }),
  fc.constantFrom('report', 'count', 'card', 'pause', 'gone').map((flow) => ({ input: 'start' as const, flow })),
);

/** Plays a transcript and returns every result; each session goes through JSON, as a store would keep it. */
function play(acts: readonly Act[], capabilities: StepContext['capabilities']): StepResult[] {
  let session: Session | undefined;
  let language: string | undefined;
  let callId = '';
  let now = START_OF_TIME;
  return acts.map((each, index) => {
    now += each.input === 'message' ? each.pass : 4_000_000;
    let id = 0;
    const context: StepContext = {
      current: pack,
      packOf: () => pack,
      contact: { id: 'c', ...(language === undefined ? {} : { language }) },
      capabilities,
      now,
      newId: () => {
        id += 1;
        return `${index}-${id}`;
      },
      random: () => 0.5,
    };
    const result = step(session, toInput(each, { callId, index }), context);
    callId = result.call?.id ?? callId;
    for (const event of result.events) if (event.type === 'language_changed') language = event.language;
    session = result.session === undefined ? undefined : JSON.parse(JSON.stringify(result.session));
    return result;
  });
}

function toInput(each: Act, { callId, index }: { callId: string; index: number }): Input {
  if (each.input === 'message') return { type: 'message', content: each.content, messageId: `m${index}` };
  if (each.input === 'answer') return { type: 'answer', callId, result: each.result };
  return each.input === 'timer' ? { type: 'timer' } : { type: 'start', flow: each.flow };
}

test.each([
  ['WhatsApp', WHATSAPP],
  ['plain text', PLAIN],
])('on %s: replay is the same, sessions stay small, messages fit, nothing throws', (_, capabilities) => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const results = play(acts, capabilities);
      expect(play(acts, capabilities)).toEqual(results);
      for (const { session, events } of results) {
        expect(JSON.stringify(session ?? null).length).toBeLessThan(40_000);
        expect(events.length).toBeLessThan(400);
        for (const event of events) if (event.type === 'message_created') checkFits(event.message.content, capabilities);
      }
    }),
    { numRuns: 300 },
  );
});

function checkFits(
  sent: Extract<StepResult['events'][number], { type: 'message_created' }>['message']['content'],
  { text, choiceText, list, buttons }: StepContext['capabilities'],
): void {
  if (sent.type === 'text') expect(sent.text.length).toBeLessThanOrEqual(text);
  if (sent.type !== 'choice') return;
  expect(sent.text.length).toBeLessThanOrEqual(choiceText);
  expect(sent.choices.length).toBeLessThanOrEqual(Math.max(list.most, buttons.most));
  expect(new Set(sent.choices.map(({ id }) => id)).size).toBe(sent.choices.length);
  for (const { id } of sent.choices) expect(id.length).toBeLessThanOrEqual(200);
}
