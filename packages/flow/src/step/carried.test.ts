/** Buttons that carry what their flow needs: they outlive the conversation that they stand in, and anybody can make one up. */
import type { OutboundContent } from '@hazir/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileTestPack, lineOf, talkTo } from '../testing/pack.ts';
import { openedByChoice, openFlowChoice } from './choice-id.ts';

const pack = compileTestPack({
  files: {
    'pack.yaml': 'sessionTimeout: 24h\nmenu: main\n',
    'flows/main.yaml': 'flow: main\nnodes:\n  - ask: name\n    save: name\n  - say: hello\n    with: { name: name }\n',
    'flows/card.yaml': `
flow: card
inputs: { reference: string }
nodes:
  - say: about
    with: { reference: reference }
    then: [{ open: card, with: { reference: reference } }, main]
`,
    'flows/counts.yaml': 'flow: counts\ninputs: { n: int }\nnodes:\n  - say: more\n    with: { n: n + 1 }\n',
    'texts/en.yaml': `
main: { title: Main, name: Your name?, hello: "Hello {name}" }
card: { title: Card, about: { text: "About {reference}", options: { card: Again } } }
counts: { more: "{n}" }
`,
  },
  languages: ['en'],
});

const tap = (id: string) => ({ type: 'choice', id, label: 'x', source: 'button' }) as const;
const lines = (contents: readonly OutboundContent[]) => contents.map(lineOf);

test('what a button carries is read back, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (reference, event) => {
      expect(openedByChoice(openFlowChoice('card', { reference, event }))).toEqual({
        flow: 'card',
        values: { reference, event },
      });
    }),
  );
  expect(openedByChoice(openFlowChoice('card'))).toEqual({ flow: 'card', values: {} });
  expect(openedByChoice('card/about/again')).toBeUndefined();
});

test('it opens its flow days later, and above a question that is open, which is asked again', () => {
  const talk = talkTo(pack);
  talk.say('Hi');
  const id = openFlowChoice('card', { reference: 'MUM-1' });
  expect(lines(talk.send(tap(id)))).toEqual(['About MUM-1 [Again | Main]', 'Your name?']);
  talk.pass(3 * 86_400_000);
  expect(lines(talk.send(tap(id))).at(-1)).toEqual('About MUM-1 [Again | Main]');
});

test.each([
  '@open/card',
  '@open/card?',
  '@open/card?other=1',
  '@open/card?reference',
  '@open/card?reference=%E0%A4%A',
  '@open/counts?n=1',
  '@open/nowhere?reference=1',
  `@open/card?__proto__=1`,
])('one that was made up opens nothing: %s', (id) => {
  const talk = talkTo(pack);
  talk.say('Hi');
  expect(lines(talk.send(tap(id)))).toEqual(['That button belongs to an earlier question.\n\nYour name?']);
});
