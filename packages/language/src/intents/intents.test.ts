import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapesOf } from '../tokens.ts';
import { BACKGROUND } from './background.ts';
import { classifyIntent } from './classify.ts';
import { deserialiseIntents, serialiseIntents } from './serialise.ts';
import cases from './testdata/cases.json' with { type: 'json' };
import phrases from './testdata/phrases.json' with { type: 'json' };
import { trainIntents } from './train.ts';

const training = Object.entries(phrases).flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })));
const model = trainIntents(training);
/** Half of a character, which JSON cannot hold. */
const hostile = [...cases.hostile, { what: 'lone surrogates', part: '\ud800', times: 500 }];

describe('a classifier of a ward office', () => {
  it.each(cases.understood)('takes "$text" as $intent', ({ text, intent }) => {
    const { outcome, candidates } = classifyIntent(model, text);
    expect(candidates[0]?.intent).toBe(intent);
    expect(outcome).not.toBe('fallback');
  });

  it.each(cases.notAccepted)('does not act on "%s"', (text) => {
    expect(classifyIntent(model, text).outcome).not.toBe('accept');
  });

  it('accepts what it was taught, every phrase', () => {
    const missed = training.filter(({ intent, text }) => {
      const { outcome, candidates } = classifyIntent(model, text);
      return outcome !== 'accept' || candidates[0]?.intent !== intent;
    });
    expect(missed).toEqual([]);
  });

  it('offers at most three candidates, best first', () => {
    const { candidates } = classifyIntent(model, 'ward');
    expect(candidates).toHaveLength(3);
    expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('decides by the thresholds that it is given', () => {
    const text = 'ward officer number';
    expect(classifyIntent(model, text, { accept: -9, clarify: -9 }).outcome).toBe('accept');
    expect(classifyIntent(model, text, { accept: 9, clarify: -9 }).outcome).toBe('clarify');
    expect(classifyIntent(model, text, { accept: 9, clarify: 9 }).outcome).toBe('fallback');
  });
});

describe('training', () => {
  it('gives the same bytes for the same phrases', () => {
    expect(serialiseIntents(trainIntents(training))).toEqual(serialiseIntents(model));
  });

  it('of nothing, or of phrases without a word, gives a model that never accepts', () => {
    for (const empty of [[], [{ intent: 'a', text: '' }], [{ intent: 'a', text: ' .,; ' }]]) {
      expect(classifyIntent(trainIntents(empty), 'ward officer').outcome).toBe('fallback');
    }
  });

  it('of one intent tells it from small talk', () => {
    const one = trainIntents(phrases.water.map((text) => ({ intent: 'water', text })));
    expect(classifyIntent(one, 'no water since morning').outcome).toBe('accept');
    expect(classifyIntent(one, 'good morning').outcome).toBe('fallback');
  });

  it('leaves out background that the pack answers itself', () => {
    const thankful = trainIntents([...training, { intent: 'thanks', text: 'thank you' }, { intent: 'thanks', text: 'धन्यवाद' }]);
    expect(classifyIntent(thankful, 'thank you').candidates[0]?.intent).toBe('thanks');
    expect(classifyIntent(thankful, 'thank you').outcome).toBe('accept');
  });

  it('keeps away from topics that are never answered', () => {
    const topic = 'which party should i vote for in the ward';
    const guarded = trainIntents(training, { neverAnswer: [topic, 'who will win the ward election'] });
    expect(classifyIntent(guarded, topic).outcome).not.toBe('accept');
  });
});

describe('a model as bytes', () => {
  const bytes = serialiseIntents(model);

  it('decides as before', () => {
    const again = deserialiseIntents(bytes);
    for (const { text } of cases.understood) expect(again && classifyIntent(again, text)).toEqual(classifyIntent(model, text));
  });

  it('is refused when it is of another form, cut off or longer than it says', () => {
    expect(deserialiseIntents(new Uint8Array())).toBeUndefined();
    expect(deserialiseIntents(bytes.with(3, 9))).toBeUndefined();
    expect(deserialiseIntents(bytes.subarray(0, -1))).toBeUndefined();
    expect(deserialiseIntents(Uint8Array.from([...bytes, 0]))).toBeUndefined();
  });

  it('never harms when broken: no model, or one that still answers', () => {
    const place = fc.nat({ max: bytes.length - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }), (changes) => {
        const broken = changes.reduce((all, [at, byte]) => all.with(at, byte), bytes);
        const read = deserialiseIntents(broken);
        if (read !== undefined) expect(classifyIntent(read, 'no water').candidates.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 60 },
    );
  });
});

describe('words in a script of their own', () => {
  it.each(cases.snapped)('$written is read as $read', ({ phrase, written, read }) => {
    const taught = trainIntents([{ intent: 'taught', text: phrase }, ...training]);
    expect(classifyIntent(taught, written).words).toEqual(read);
  });
});

describe('any text', () => {
  it('is answered, with finite scores', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (one) => {
        const { outcome, candidates, background } = classifyIntent(model, one);
        expect(['accept', 'clarify', 'fallback']).toContain(outcome);
        expect([background, ...candidates.map(({ score }) => score)].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it.each(hostile.map((one) => ({ ...one, text: one.part.repeat(one.times) })))('never acts on $what', ({ text }) => {
    const start = performance.now();
    expect(classifyIntent(model, text).outcome).not.toBe('accept');
    expect(performance.now() - start).toBeLessThan(200);
  });

  it('may train a model too', () => {
    const strange = hostile.map(({ what, part, times }) => ({ intent: what, text: part.repeat(times) }));
    expect(classifyIntent(trainIntents([...training, ...strange]), 'no water in my house').candidates[0]?.intent).toBe('water');
  });
});

describe('words of a text', () => {
  it.each(cases.tokens)('$text', ({ text, tokens }) => {
    expect(shapesOf(text)).toEqual(tokens);
  });
});

describe('the background', () => {
  it('is small, and says nothing twice', () => {
    const lines = Object.values(BACKGROUND).flat();
    expect(lines.length).toBeLessThan(150);
    expect(new Set(lines).size).toBe(lines.length);
  });
});
