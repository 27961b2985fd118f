/** A cry for help, whatever the conversation is about. */
import { DANGERS, LANGUAGES, scriptOf } from '@hazir/language';
import { describe, expect, test } from 'vitest';
import { DANGER_TEXTS } from '../danger/all-texts.ts';
import { RESCUERS } from '../danger/numbers.ts';
import { compileTestPack, lineOf, talkTo } from '../testing/pack.ts';
import { compileMessage } from '../texts/message.ts';

const pack = compileTestPack({
  languages: ['en', 'hi'],
  files: {
    'pack.yaml':
      'hosts: [api.example.org]\nemergency: { ambulance: { phone: "102", source: State ambulance service, asOf: 2026-11 } }\n',
    'flows/main.yaml': `
flow: main
nodes:
  - ask: where
    kind: pin
    save: where
  - choose: sign
    options: [pain, none]
    save: sign
  - fetch: slow
    url: https://api.example.org/x
    returns: { type: object, properties: {} }
    error: done
  - say: done
`,
    'texts/en.yaml':
      'main: { where: Where is it?, sign: { text: Which?, options: { pain: Chest pain, none: None } }, done: Noted. }\nhazir: { danger_told: Our nurse writes to you here. }\n',
    'texts/hi.yaml':
      'main: { where: कहाँ?, sign: { text: कौन सा?, options: { pain: सीने में दर्द, none: कोई नहीं } }, done: नोट किया। }\nhazir: { danger_told: हमारी नर्स यहीं लिखेंगी। }\n',
  },
});

test('the card comes at once, with the pack’s number, and a ticket of the first priority', () => {
  const talk = talkTo(pack);
  const [card, ...more] = talk.say('meri maa ko saans nahi aa rahi, aadhaar 2341 2341 2346');
  expect(more).toEqual([]);
  expect(card === undefined ? '' : lineOf(card)).toMatch(/अभी 102 पर[\s\S]*हमारी नर्स यहीं लिखेंगी।$/);
  expect(talk.events()).toMatchObject([
    { type: 'ticket_opened', topic: 'danger', summary: 'breathing', priority: 1, values: { at: '' } },
    { type: 'message_created', flow: '=danger', node: 'breathing' },
  ]);
  expect(JSON.stringify(talk.events())).not.toContain('2341 2341');
  expect(talk.session()).toBeUndefined();
});

test('the open question stays, and is answered as if nothing had been said', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  const before = talk.session();
  expect(talk.say('ghar me aag lag gayi hai').map(lineOf).join()).toContain('call 101 now');
  expect(talk.session()).toEqual(before);
  expect(talk.say('400028').map(lineOf)).toEqual(['Which? [Chest pain | None]']);
});

test('who only asks for the number gets it, and nobody is called', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  const before = talk.session();
  const [card, ...more] = talk.say('what is the number for a gas leak');
  expect(more).toEqual([]);
  expect(card === undefined ? '' : lineOf(card)).toContain('1906');
  expect(card === undefined ? '' : lineOf(card)).not.toContain('nurse');
  expect(talk.events().map(({ type }) => type)).not.toContain('ticket_opened');
  expect(talk.session()).toEqual(before);
});

test('a photo with a cry below it is a cry', () => {
  const talk = talkTo(pack);
  const content = { type: 'media', media: 'image', mimeType: 'image/jpeg', mediaId: 'x', caption: 'building collapsed' } as const;
  expect(JSON.stringify(talk.send({ ...content }))).toContain('112');
});

test('an option that is called like a danger is an answer', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  talk.say('400028');
  talk.say('chest pain');
  expect(talk.events().some(({ type }) => type === 'ticket_opened')).toBe(false);
});

test('somebody who had gone away is not told so first', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  talk.pass(3 * 86_400_000);
  expect(talk.say('mujhe bachao').map(lineOf)[0]).toMatch(/^🚨/);
});

describe.each(LANGUAGES)('the cards in $englishName', ({ tag, direction, ownName }) => {
  const texts = DANGER_TEXTS[tag];
  test.each([...DANGERS, 'told' as const])('%s', (name) => {
    const message = compileMessage(texts?.[name] ?? '', { language: tag, direction, digits: 'latn', timeZone: 'Asia/Kolkata' });
    const english = compileMessage(DANGER_TEXTS.en?.[name] ?? '', { language: 'en', direction, digits: 'latn', timeZone: 'UTC' });
    expect([...message.placeholders.keys()].sort()).toEqual([...english.placeholders.keys()].sort());
    expect(message.longest).toBeGreaterThan(30);
    expect(message.longest).toBeLessThan(400);
    expect(scriptOf(message.source.replaceAll(/\{\w+\}/g, ''))).toBe(scriptOf(ownName));
    expect([...message.placeholders.keys()].every((rescuer) => RESCUERS.some((each) => each === rescuer))).toBe(true);
  });
});
