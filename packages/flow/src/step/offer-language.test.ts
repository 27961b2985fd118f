import { expect, test } from 'vitest';
import { compileTestPack, lineOf, talkTo } from '../testing/pack.ts';

const pack = compileTestPack({
  languages: ['en', 'hi', 'ta'],
  files: {
    'flows/main.yaml': 'flow: main\nnodes:\n  - ask: what\n    save: what\n  - ask: where\n    kind: pin\n  - say: done\n',
    'texts/en.yaml': 'main: { what: What is it?, where: Where?, done: Noted. }',
    'texts/hi.yaml': 'main: { what: क्या है?, where: कहाँ?, done: नोट किया। }',
    'texts/ta.yaml': 'main: { what: என்ன?, where: எங்கே?, done: குறித்தேன். }',
  },
});

test('another language is offered below the answer, once, and nothing changes unless it is tapped', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  expect(talk.say('எங்கள் தெருவில் தண்ணீர் வரவில்லை').map(lineOf).at(-1)).toBe('Where?\n\nதமிழ் மொழியிலும் பேசலாம். [தமிழ்]');
  expect(talk.session()?.language).toBeUndefined();
  expect(talk.say('எங்கள் தெருவில் தண்ணீர் வரவில்லை').map(lineOf).join()).not.toContain('தமிழ்');
  expect(talk.tap('தமிழ்').map(lineOf).join()).toContain('எங்கே?');
  expect(talk.session()?.language).toBe('ta');
});

test('two words change nothing, nor does the language that was chosen', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  expect(talk.say('தண்ணீர் வரவில்லை').map(lineOf).join()).not.toContain('தமிழ்');
  expect(
    talkTo(pack, { contact: { id: 'c', language: 'ta' } })
      .say('எங்கள் தெருவில் தண்ணீர் வரவில்லை')
      .map(lineOf),
  ).toEqual(['என்ன?']);
});

test('romanised Hindi is heard too', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  expect(talk.say('mujhe ration card banwana hai kya karna hoga').map(lineOf).at(-1)).toContain('हिन्दी');
});
