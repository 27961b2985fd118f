import type { CallResult, InboundContent } from '@hazir/core';
import { describe, expect, test } from 'vitest';
import { compileTestPack, lineOf, talkTo } from '../testing/pack.ts';

const files = {
  'pack.yaml': 'helpline: "1916"\nsessionTimeout: 24h\nmenu: menu\n',
  'flows/main.yaml': 'flow: main\nnodes:\n  - say: welcome\n    go: menu\n',
  'flows/menu.yaml': 'flow: menu\nnodes:\n  - choose: topic\n    options: [{ id: roads, go: roads }, { id: water, go: water }]\n',
  'flows/roads.yaml': `
flow: roads
intent: roads
nodes:
  - ask: what
    accept: [photo, voice, text]
    save: what
  - ask: where
    save: where
  - call: requests.open
    with: { attachments: voiceNotes }
  - say: thanks
`,
  'flows/water.yaml': 'flow: water\nintent: water\nnodes:\n  - ask: since\n    save: since\n  - say: noted\n',
  'phrases/en.yaml': 'roads: ["the road is broken"]\nwater: ["no water"]\n',
  'texts/en.yaml': `
main: { welcome: Welcome! }
menu: { topic: { text: What is it about?, options: { roads: Roads, water: Water } } }
roads: { title: Roads, what: What is wrong?, where: Where?, thanks: Noted }
water: { title: Water, since: Since when?, noted: "Since {since}" }
`,
};

const operations = [
  {
    name: 'requests.open',
    summary: 'opens',
    input: { type: 'object', properties: { attachments: { type: 'array', items: {} } } },
    output: { type: 'object' },
  },
];
const pack = compileTestPack({ files, operations });
const voice: InboundContent = { type: 'media', media: 'voice', mediaId: 'media-1', mimeType: 'audio/ogg; codecs=opus' };
const heard = (text: string, confidence?: number): CallResult => ({
  ok: true,
  value: { text, ...(confidence !== undefined && { confidence }) },
});
const failed: CallResult = { ok: false, error: { code: 'provider:unavailable', message: '' } };
const speaking = () => talkTo(pack, { providers: { transcribe: true, choose: false } });
const lines = (contents: Parameters<typeof lineOf>[0][]) => contents.map(lineOf);

describe('a voice message where a provider hears', () => {
  test('is taken as its words, which are shown above the answer', () => {
    const talk = speaking();
    expect(talk.send(voice)).toEqual([]);
    expect(talk.last().call).toMatchObject({ kind: 'transcribe', messageId: 'm-1', mediaId: 'media-1', language: 'en' });
    const answered = talk.give({ type: 'answer', callId: talk.callId(), result: heard('No water') });
    expect(lines(answered)).toEqual(['🎤 “No water”\n\nSince when?']);
  });

  test('an answer to a question that takes voice keeps both the voice and its words', () => {
    const talk = speaking();
    talk.say('the road is broken');
    talk.send(voice);
    talk.give({ type: 'answer', callId: talk.callId(), result: heard('A big hole') });
    expect(talk.session()?.stack[0]?.values.what).toEqual({
      text: 'A big hole',
      voice: { messageId: expect.any(String), media: 'voice', mimeType: 'audio/ogg; codecs=opus', caption: 'A big hole' },
    });
  });

  test('words that are not sure are shown with “yes” and “correct it”', () => {
    const talk = speaking();
    talk.say('no water');
    talk.send(voice);
    const question = talk.give({ type: 'answer', callId: talk.callId(), result: heard('three days', 0.4) });
    expect(lines(question)).toEqual(['I understood: “three days”. Is that right? [Yes | Correct it]']);
    expect(lines(talk.tap('Yes'))).toEqual(['Since three days']);
  });

  test('“correct it” leaves the conversation where it stood, and words typed instead are taken', () => {
    for (const correction of ['fix', 'type'] as const) {
      const talk = speaking();
      talk.say('no water');
      talk.send(voice);
      talk.give({ type: 'answer', callId: talk.callId(), result: heard('tree daze', 0.4) });
      if (correction === 'fix')
        expect(lines(talk.tap('Correct it'))).toEqual(['Please write it, or send the voice message once more.']);
      expect(lines(talk.say('three days'))).toEqual(['Since three days']);
    }
  });

  test('a cry for help is answered at once, however unsure its words are', () => {
    const talk = speaking();
    talk.say('no water');
    talk.send(voice);
    talk.give({ type: 'answer', callId: talk.callId(), result: heard('I want to kill myself', 0.2) });
    expect(talk.events()).toContainEqual(expect.objectContaining({ type: 'ticket_opened', topic: 'danger' }));
  });

  test('who waits longer is told once', () => {
    const talk = speaking();
    talk.send(voice);
    expect(talk.give({ type: 'timer' })).toEqual([]);
    talk.pass(5_000);
    expect(lines(talk.give({ type: 'timer' }))).toEqual(['I am listening to your voice message. One moment please.']);
    talk.pass(5_000);
    expect(talk.give({ type: 'timer' })).toEqual([]);
    expect(lines(talk.give({ type: 'answer', callId: talk.callId(), result: heard('menu') }))).toEqual([
      '🎤 “menu”\n\nWhat is it about? [Roads | Water]',
    ]);
  });

  test.each([
    ['at rest', [], 'What is it about? [Roads | Water]'],
    ['at a question', ['no water'], 'Since when? [Menu | Talk to a person]'],
  ])('when nobody could hear it %s, the citizen gets an honest word and choices', (_where, before, question) => {
    const talk = speaking();
    for (const said of before) talk.say(said);
    talk.send(voice);
    const [bubble] = lines(talk.give({ type: 'answer', callId: talk.callId(), result: failed }));
    expect(bubble).toContain('Yours is kept');
    expect(bubble?.endsWith(question)).toBe(true);
    expect(talk.session()?.voiceNotes).toHaveLength(1);
  });
});

describe('a voice message where no provider is', () => {
  test('is kept and goes with the request that is sent next, and with no other', () => {
    const talk = talkTo(pack);
    talk.send(voice);
    talk.say('the road is broken');
    talk.say('A hole');
    talk.say('Here');
    expect(talk.last().call).toMatchObject({ kind: 'service', input: { attachments: [{ messageId: 'm-1', media: 'voice' }] } });
    talk.give({ type: 'answer', callId: talk.callId(), result: { ok: true, value: {} } });
    expect(talk.session()?.voiceNotes).toBeUndefined();
  });

  test('answers a question that takes voice without a word more', () => {
    const talk = talkTo(pack);
    talk.say('the road is broken');
    expect(lines(talk.send(voice))).toEqual(['Where?']);
  });

  test('goes with a ticket', () => {
    const talk = talkTo(pack);
    talk.send(voice);
    talk.say('talk to a person');
    expect(talk.events()).toContainEqual(
      expect.objectContaining({ type: 'ticket_opened', values: { voiceNotes: [expect.objectContaining({ media: 'voice' })] } }),
    );
  });
});

describe('a model that chooses', () => {
  const choosing = () =>
    talkTo(pack, {
      providers: { transcribe: false, choose: true },
      understand: (text) =>
        text === 'help my street' ? { meaning: { offer: ['roads', 'water'] }, outcome: 'clarify', candidates: [] } : undefined,
    });

  test('opens what it chose', () => {
    const talk = choosing();
    expect(talk.say('help my street')).toEqual([]);
    const candidates = [
      { id: 'roads', title: 'Roads' },
      { id: 'water', title: 'Water' },
    ];
    expect(talk.last().call).toMatchObject({ kind: 'choose', text: 'help my street', candidates });
    expect(lines(talk.give({ type: 'answer', callId: talk.callId(), result: { ok: true, value: { id: 'water' } } }))).toEqual([
      'Since when?',
    ]);
  });

  test.each([
    ['none', { ok: true, value: { id: '' } }],
    ['a flow that was not offered', { ok: true, value: { id: 'menu' } }],
    ['nothing', failed],
    ['nonsense', { ok: true, value: ['roads'] }],
  ] satisfies [string, CallResult][])('that says %s leaves the choice to the citizen', (_what, result) => {
    const talk = choosing();
    talk.say('help my street');
    expect(lines(talk.give({ type: 'answer', callId: talk.callId(), result }))).toEqual([
      'Do you mean one of these? [Roads | Water | Menu]',
    ]);
  });

  test('is not asked about what is sure', () => {
    const talk = choosing();
    expect(lines(talk.say('no water'))).toEqual(['Since when?']);
    expect(talk.last().call).toBeUndefined();
  });
});
