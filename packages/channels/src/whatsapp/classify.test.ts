import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify, classifyFailure } from './classify.ts';
import { errorTable } from './errors.ts';
import responses from './testdata/responses.json' with { type: 'json' };

describe('a response', () => {
  test.each(responses)('$description', ({ response, expected }) => {
    expect(classify(response)).toMatchObject(expected);
  });

  test.each(responses)('says nothing of a person: $description', ({ response, expected }) => {
    const outcome = classify(response);
    if (expected.type !== 'accepted') expect(JSON.stringify(outcome)).not.toContain('9820000000');
  });
});

describe('a failure that is reported later', () => {
  test.each([
    ['131047', { type: 'window_closed' }],
    ['131026', { type: 'rejected', reason: 'unreachable' }],
    ['131050', { type: 'rejected', reason: 'opted_out' }],
    ['132015', { type: 'rejected', reason: 'template' }],
    ['131000', { type: 'retry', scope: 'message' }],
    ['131042', { type: 'account_stopped' }],
    ['131014', { type: 'rejected', reason: 'bad_request' }],
    ['unknown', { type: 'rejected', reason: 'bad_request' }],
  ])('%s', (code, expected) => {
    expect(classifyFailure({ code, title: 'Meta says', detail: 'to 919820000000' })).toMatchObject({
      ...expected,
      error: { code },
    });
  });
});

describe('the error table', () => {
  test('names no code twice', () => {
    const spans = errorTable.flatMap(({ codes }) =>
      codes.map((code) => (typeof code === 'number' ? ([code, code] as const) : code)),
    );
    const sorted = spans.toSorted(([a], [b]) => a - b);
    sorted.forEach(([first, last], index) => {
      expect(first).toBeLessThanOrEqual(last);
      expect(first).toBeGreaterThan(sorted[index - 1]?.[1] ?? -1);
    });
  });

  test('gives every row a title and a remedy of whole sentences', () => {
    for (const { title, remedy } of errorTable) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(remedy).toMatch(/^[A-Z].*\.$/);
    }
  });
});

test('no response makes it throw, and only an id or a success is accepted', () => {
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ error: fc.record({ code: fc.jsonValue(), error_subcode: fc.jsonValue() }) }).map((each) => JSON.stringify(each)),
  );
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), body, fc.string(), (status, text, retryAfter) => {
      const outcome = classify({ status, headers: { 'retry-after': retryAfter }, body: text });
      expect(outcome.type).not.toBe('accepted');
      if (outcome.type === 'retry' && outcome.after !== undefined) expect(outcome.after).toBeGreaterThan(0);
    }),
  );
});
