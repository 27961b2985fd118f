import { expect, test } from 'vitest';
import { MOST_MESSAGES_A_STEP, MOST_NODES_A_STEP } from '../limits.ts';
import { compileTestPack, lineOf, talkTo, WHATSAPP } from '../testing/pack.ts';

function packOf(nodes: object[], texts: object, operations: Parameters<typeof compileTestPack>[0]['operations'] = []) {
  return compileTestPack({
    files: { 'flows/main.yaml': JSON.stringify({ flow: 'main', nodes }), 'texts/en.yaml': JSON.stringify({ main: texts }) },
    operations,
  });
}

test('options whose text is too long for them stand below it under a short line, and nothing is lost', () => {
  const pack = packOf(
    [{ set: { words: '"x"' } }, { ask: 'what', maxLength: 2000, save: 'long' }, { choose: 'sure', options: ['yes', 'no'] }],
    {
      what: 'What?',
      sure: { text: 'You wrote: {long}. Right?', options: { yes: 'Yes', no: 'No' } },
    },
  );
  const talk = talkTo(pack);
  talk.say('Hi');
  const sent = talk.say('क'.repeat(1500));
  expect(sent.map(({ type }) => type)).toEqual(['text', 'choice']);
  expect(sent[0] !== undefined && lineOf(sent[0])).toBe(`You wrote: ${'क'.repeat(1500)}. Right?`);
  expect(sent[1] !== undefined && lineOf(sent[1])).toBe('Please choose: [Yes | No]');
});

test('a text before a question stays a message of its own where the two do not fit together', () => {
  const pack = packOf([{ say: 'long' }, { choose: 'sure', options: ['yes', 'no'] }], {
    long: 'x'.repeat(1020),
    sure: { text: 'Right?', options: { yes: 'Yes', no: 'No' } },
  });
  expect(
    talkTo(pack)
      .say('Hi')
      .map(({ type }) => type),
  ).toEqual(['text', 'choice']);
});

test('messages beyond the limit of a step are left out and reported', () => {
  const nodes = Array.from({ length: 12 }, (_, index) => ({
    say: `n${index}`,
    media: { kind: 'image', source: "'https://example.org/a.png'" },
  }));
  const pack = packOf(nodes, Object.fromEntries(nodes.map(({ say }) => [say, say])));
  const talk = talkTo(pack);
  expect(talk.say('Hi')).toHaveLength(MOST_MESSAGES_A_STEP);
  expect(talk.last().events.at(-1)).toMatchObject({ type: 'error_raised', code: 'flow:too-many-messages' });
});

test('values larger than a session may be end in an apology, not in a large row', () => {
  const output = { type: 'array', items: { type: 'string' } };
  const pack = packOf([{ call: 'x.y', save: 'all' }, { say: 'done' }], { done: 'Done.' }, [
    { name: 'x.y', summary: '', input: { type: 'object' }, output },
  ]);
  const talk = talkTo(pack);
  talk.say('Hi');
  talk.give({ type: 'answer', callId: talk.callId(), result: { ok: true, value: ['x'.repeat(40_000)] } });
  expect(talk.events().filter(({ type }) => type === 'error_raised')).toEqual([
    expect.objectContaining({ code: 'flow:values-large' }),
  ]);
  expect(talk.session()).toBeUndefined();
});

test('a loop that the graph check cannot see is cut', () => {
  const flows = {
    'flows/main.yaml': JSON.stringify({
      flow: 'main',
      nodes: [
        { run: 'sub', with: { n: 1 } },
        { say: 'on', go: 'main' },
      ],
    }),
    'flows/sub.yaml': JSON.stringify({
      flow: 'sub',
      inputs: { n: 'int' },
      nodes: [{ switch: [{ when: 'n > 0', go: 'fin' }, { else: 'ask' }] }, { ask: 'ask' }, { end: 'fin' }],
    }),
    'texts/en.yaml': JSON.stringify({ main: { on: 'On.' }, sub: { ask: 'Ask?' } }),
  };
  const talk = talkTo(compileTestPack({ files: flows }));
  talk.say('Hi');
  expect(talk.events().filter(({ type }) => type === 'error_raised')).toEqual([
    expect.objectContaining({ code: 'flow:too-many-nodes' }),
  ]);
  expect(talk.events().length).toBeLessThan(4 * MOST_NODES_A_STEP);
});

test('an expression that fails is an event without the citizen’s words', () => {
  const pack = packOf([{ ask: 'what', save: 'what' }, { set: { n: 'int(what)' } }, { say: 'done', with: { n: 'n' } }], {
    what: 'What?',
    done: '{n}',
  });
  const talk = talkTo(pack);
  talk.say('Hi');
  const sent = talk.say('secret words');
  expect(sent.map(lineOf)).toEqual([
    'Sorry, something went wrong on our side. Please try again in a little while. [Menu | Talk to a person]',
  ]);
  const error = talk.events().find(({ type }) => type === 'error_raised');
  expect(error).toMatchObject({ code: 'flow:expression-failed', flow: 'main', node: 'set-2' });
  expect(JSON.stringify(error)).not.toContain('secret');
});

test('Urdu isolates values, and direction controls in a citizen’s words are taken out', () => {
  const pack = compileTestPack({
    files: {
      'flows/main.yaml': JSON.stringify({ flow: 'main', nodes: [{ ask: 'what', save: 'what' }, { say: 'done' }] }),
      'texts/ur.yaml': JSON.stringify({ main: { what: 'کیا؟', done: 'آپ نے لکھا: {what}۔' } }),
    },
    languages: ['ur'],
  });
  const talk = talkTo(pack);
  talk.say('سلام');
  expect(talk.say('MUM-1 \u202Eabc').map(lineOf)).toEqual(['آپ نے لکھا: \u2068MUM-1 abc\u2069۔']);
});

test('a step takes well under 0.2 ms', () => {
  const pack = packOf(
    [
      { choose: 'topic', options: ['roads', 'water'], save: 'topic' },
      { say: 'done', with: { n: 'size(topic) + 1' } },
    ],
    {
      topic: { text: 'About?', options: { roads: 'Roads', water: 'Water' } },
      done: '{topic} {n, number}',
    },
  );
  const talk = talkTo(pack, { capabilities: WHATSAPP });
  const batch = (): number => {
    const before = performance.now();
    for (let count = 0; count < 400; count += 1) talk.say(count % 2 === 0 ? 'Hi' : '२');
    return (performance.now() - before) / 400;
  };
  // The best of several batches: a busy machine slows some of them down, never all alike.
  expect(Math.min(...Array.from({ length: 12 }, batch))).toBeLessThan(0.2);
});
