import { type Identity, type Json, type OutboundContent, type OutboundMessage, property, textLength } from '@hazir/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { render, renderRead } from './render.ts';
import { cleanValue } from './render-template.ts';
import accepted from './testdata/outbound.json' with { type: 'json' };
import refused from './testdata/refused.json' with { type: 'json' };
import { account, contextFor, jsonBody, readCases } from './testing.ts';

const phone: Identity = { kind: 'phone', value: '919820000000' };
const bsuid: Identity = { kind: 'bsuid', value: 'IN.1A2B3C' };
const parent: Identity = { kind: 'parent_bsuid', value: 'IN.ENT.9Z' };
const text: OutboundContent = { type: 'text', text: 'नमस्ते' };
const media = { 'sha256:aa': 'media-aa' };

interface Sent {
  description: string;
  message: OutboundMessage;
  expected: object;
}

interface Refused {
  description: string;
  content: OutboundContent;
  problems: string[];
}

describe('what is sent', () => {
  test.each(readCases<Sent>(accepted))('$description', ({ message, expected }) => {
    expect(check(message.content)).toEqual([]);
    const envelope = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+919820000000',
      biz_opaque_callback_data: 'outbox-1',
    };
    expect(jsonBody(render(message, contextFor([phone], media)))).toEqual({ ...envelope, ...expected });
  });
});

describe('what is refused', () => {
  test.each(readCases<Refused>(refused))('$description', ({ content, problems }) => {
    expect(check(content)).toEqual(problems);
    expect(() => render({ content }, contextFor([phone], media))).toThrow(
      expect.objectContaining({ code: 'channel:refused-content' }),
    );
  });

  test('a refusal does not quote the message', () => {
    const content: OutboundContent = { type: 'text', text: 'Asha 9820000000 '.repeat(400) };
    expect(() => render({ content }, contextFor([phone]))).toThrow(/^(?!.*Asha)/);
  });
});

describe('to whom', () => {
  test.each<[string, Identity[], Json]>([
    ['a phone, with plus', [phone], { to: '+919820000000' }],
    ['a phone that has its plus', [{ kind: 'phone', value: '+919820000000' }], { to: '+919820000000' }],
    ['the phone where both are known', [bsuid, phone], { to: '+919820000000' }],
    ['the user id where there is no phone', [parent, bsuid], { recipient: 'IN.1A2B3C' }],
    ['the parent id as the last', [parent], { recipient: 'IN.ENT.9Z' }],
  ])('%s', (_description, to, expected) => {
    const body = jsonBody(render({ content: text }, contextFor(to)));
    expect({ to: body.to, recipient: body.recipient }).toEqual({
      to: undefined,
      recipient: undefined,
      ...Object(expected),
    });
  });

  test('nobody', () => {
    expect(() => render({ content: text }, contextFor([]))).toThrow(expect.objectContaining({ code: 'channel:no-recipient' }));
  });
});

describe('the request', () => {
  test('goes to the number, with the token and a tracker', () => {
    const request = render({ content: text }, contextFor([phone]));
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://graph.facebook.com/v25.0/106540352242922/messages',
      headers: { authorization: 'Bearer EAAtoken', 'content-type': 'application/json' },
    });
    expect(jsonBody(request)).toHaveProperty('biz_opaque_callback_data', 'outbox-1');
  });

  test('goes to another Graph server, whose address may end in a slash', () => {
    const context = contextFor([phone]);
    const simulated = { ...context, account: { ...account, baseUrl: 'http://127.0.0.1:4000/graph/' } };
    expect(render({ content: text }, simulated).url).toBe('http://127.0.0.1:4000/graph/v25.0/106540352242922/messages');
  });

  test('takes a tracker of 512 characters and none longer', () => {
    const withTracker =
      (tracker: string): (() => object) =>
      () =>
        render({ content: text }, { ...contextFor([phone]), tracker });
    expect(withTracker('x'.repeat(512))).not.toThrow();
    expect(withTracker('x'.repeat(513))).toThrow(expect.objectContaining({ code: 'channel:long-tracker' }));
  });

  test('needs the media id of a stored file', () => {
    const content: OutboundContent = { type: 'media', media: 'image', source: { hash: 'sha256:bb', mimeType: 'image/png' } };
    expect(() => render({ content }, contextFor([phone], media))).toThrow(
      expect.objectContaining({ code: 'channel:media-not-uploaded' }),
    );
  });

  test('half of a surrogate pair is replaced', () => {
    const body = jsonBody(render({ content: { type: 'text', text: 'cut \ud83d' } }, contextFor([phone])));
    expect(property(body.text, 'body')).toBe('cut \ufffd');
  });

  test('marks as read, with or without typing', () => {
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.1' };
    expect(jsonBody(renderRead('wamid.1', false, account))).toEqual(read);
    expect(jsonBody(renderRead('wamid.1', true, account))).toEqual({ ...read, typing_indicator: { type: 'text' } });
  });
});

describe('any choice', () => {
  const words = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', 'क्षि', '👨‍👩‍👧', 'é', '🇮🇳', 'ஸ்ரீ'),
    minLength: 1,
    maxLength: 60,
  });
  const label = words.filter((each) => each.trim() !== '');
  const choice = fc.record({ label, detail: words }, { requiredKeys: ['label'] });

  test('that passes the check is rendered within the limits, in order, with every id', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 10 }), words, (made, other) => {
        const choices = made.map((each, position) => ({ ...each, id: `c${position}` }));
        const content: OutboundContent = {
          type: 'choice',
          text: 'Choose',
          header: other,
          footer: other,
          listLabel: other,
          choices,
        };
        expect(check(content)).toEqual([]);
        const interactive = property(jsonBody(render({ content }, contextFor([phone]))), 'interactive');
        expect(rowsOf(interactive).map((row) => row.id)).toEqual(choices.map(({ id }) => id));
        for (const [place, most] of limitsOf(interactive)) expect(textLength(place)).toBeLessThanOrEqual(most);
      }),
    );
  });

  /** Buttons or rows, as flat objects. */
  function rowsOf(interactive: Json | undefined): Record<string, Json>[] {
    const action = property(interactive, 'action');
    const buttons = property(action, 'buttons');
    if (Array.isArray(buttons)) return buttons.map((each) => Object(property(each, 'reply')));
    const sections = property(action, 'sections');
    return Array.isArray(sections) ? sections.flatMap((section) => Object(property(section, 'rows'))) : [];
  }

  function limitsOf(interactive: Json | undefined): [string, number][] {
    const list = property(interactive, 'type') === 'list';
    const places: [Json | undefined, number][] = [
      [property(property(interactive, 'header'), 'text'), 60],
      [property(property(interactive, 'footer'), 'text'), 60],
      [property(property(interactive, 'action'), 'button'), 20],
      ...rowsOf(interactive).flatMap((row): [Json | undefined, number][] => [
        [row.title, list ? 24 : 20],
        [row.description, 72],
      ]),
    ];
    return places.flatMap(([place, most]): [string, number][] => (typeof place === 'string' ? [[place, most]] : []));
  }
});

test('no template value has what Meta refuses', () => {
  const parts = fc.constantFrom(' ', '\t', '\n', '\r', '\u2028', '\u0000', 'a', 'क्ष', '👍🏽');
  fc.assert(
    fc.property(fc.string({ unit: parts, maxLength: 1500 }), (value) => {
      const cleaned = cleanValue(value);
      expect(cleaned).not.toMatch(/[\n\r\t\u2028\0]| {5}/);
      expect(cleaned.length).toBeGreaterThan(0);
      expect(cleaned.length).toBeLessThanOrEqual(1024);
    }),
  );
});
