/** Citizens as a business meets them: identities, changes, and everything they can send. */
import { type Json, type JsonObject, listProperty, property } from '@hazir/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CitizenMessage } from '../protocol.ts';
import { type Bench, codeOf, messagesOf, sentId, startBench, statusesOf, valuesOf } from '../testing.ts';

let on: Bench;

beforeEach(async () => {
  on = await startBench();
});

afterEach(() => on.close());

type Content = CitizenMessage extends infer M ? (M extends CitizenMessage ? Omit<M, 'numberId'> : never) : never;

function say(id: string, message: Content): string {
  return on.control.say(id, { numberId: on.number.numberId, ...message }).id;
}

/** The message that came last. */
async function heard(count: number): Promise<Json> {
  await on.receiver.has(count);
  return messagesOf(on.receiver)[count - 1] ?? null;
}

/** Sends to a citizen, and resolves with the id when the phone has it. */
async function arrive(body: JsonObject): Promise<string> {
  const id = sentId(await on.send(body));
  await on.control.advance(5_000);
  await on.control.settled();
  return id;
}

const interactive = (type: string, action: JsonObject): JsonObject => ({
  type: 'interactive',
  interactive: { type, body: { text: 'Choose' }, action },
});

describe('identity', () => {
  test.each([
    ['asha', { wa_id: '919990000001', user_id: expect.any(String) }, { from: '919990000001', from_user_id: expect.any(String) }],
    ['phoneOnly', { wa_id: '919990000003' }, { from: '919990000003' }],
    ['imran', { user_id: expect.any(String) }, { from_user_id: expect.any(String) }],
  ])('of %s: what is not known is left out', async (id, contact, from) => {
    say(id, { type: 'text', text: 'hello' });
    const message = await heard(1);
    const { profile: _, ...known } = JSON.parse(
      JSON.stringify(listProperty(valuesOf(on.receiver.received[0])[0], 'contacts')[0]),
    );
    expect(known).toEqual(contact);
    const sender = Object.fromEntries(
      ['from', 'from_user_id'].flatMap((key) => (property(message, key) === undefined ? [] : [[key, property(message, key)]])),
    );
    expect(sender).toEqual(from);
  });

  test('a message id of someone known by user id does not contain the phone', () => {
    const id = say('imran', { type: 'text', text: 'hello' });
    expect(Buffer.from(id.replace('wamid.', ''), 'base64').toString('latin1')).not.toContain('919990000002');
  });

  test('a citizen with a username is reached by user id, and statuses do not name the phone', async () => {
    say('imran', { type: 'text', text: 'hello' });
    const userId = String(property(await heard(1), 'from_user_id'));
    const answer = await on.send({ to: '', recipient: userId, type: 'text', text: { body: 'hi' } });
    expect(answer).toMatchObject({ status: 200, body: { contacts: [{ input: userId, user_id: userId }] } });
    expect(JSON.stringify(answer.body)).not.toContain('919990000002');
    await on.control.advance(5_000);
    expect(statusesOf(on.receiver)).toMatchObject([{ recipient_user_id: userId }, { recipient_user_id: userId }]);
    expect(statusesOf(on.receiver).some((one) => property(one, 'recipient_id') !== undefined)).toBe(false);
  });

  test('writing to the phone itself makes it known for 30 days', async () => {
    say('imran', { type: 'text', text: 'hello' });
    await on.send({ to: '+919990000002', type: 'text', text: { body: 'hi' } });
    say('imran', { type: 'text', text: 'known' });
    await on.control.settled();
    expect(messagesOf(on.receiver).at(-1)).toMatchObject({ from: '919990000002' });
    await on.control.advance(31 * 86_400_000);
    say('imran', { type: 'text', text: 'not any more' });
    await on.control.settled();
    expect(property(messagesOf(on.receiver).at(-1), 'from')).toBeUndefined();
  });

  test('where both are given, the phone wins', async () => {
    say('asha', { type: 'text', text: 'hello' });
    const answer = await on.send({ recipient: 'IN.NOBODY', type: 'text', text: { body: 'hi' } });
    expect(answer).toMatchObject({ status: 200, body: { contacts: [{ wa_id: '919990000001' }] } });
  });

  test('a changed number is told in system messages without contacts, with a new user id', async () => {
    say('asha', { type: 'text', text: 'hello' });
    const before = String(property(await heard(1), 'from_user_id'));
    const changed = on.control.changeCitizen('asha', { phone: '919990000099' });
    await heard(3);
    const [, number, user] = messagesOf(on.receiver);
    expect(number).toMatchObject({
      type: 'system',
      from: '919990000001',
      system: { type: 'user_changed_number', wa_id: '919990000099' },
    });
    expect(user).toMatchObject({
      type: 'system',
      system: { type: 'user_changed_user_id', previous_user_id: before, user_id: changed.userId },
    });
    expect(changed.userId).not.toBe(before);
    expect(property(valuesOf(on.receiver.received[1])[0], 'contacts')).toBeUndefined();
    expect(await on.send({ to: '+919990000099', type: 'text', text: { body: 'hi' } })).toMatchObject({ status: 200 });
    expect(codeOf(await on.send({ to: '+919990000001', type: 'text', text: { body: 'hi' } }))).toBe(131047);
  });

  test('a rotated user id is told, and the old one reaches nobody', async () => {
    say('imran', { type: 'text', text: 'hello' });
    const before = String(property(await heard(1), 'from_user_id'));
    const { userId } = on.control.changeCitizen('imran', { rotateUserId: true });
    expect(await heard(2)).toMatchObject({
      from_user_id: userId,
      system: { type: 'user_changed_user_id', previous_user_id: before },
    });
    expect(codeOf(await on.send({ to: '', recipient: before, type: 'text', text: { body: 'hi' } }))).toBe(131047);
    expect((await on.send({ to: '', recipient: userId, type: 'text', text: { body: 'hi' } })).status).toBe(200);
  });

  test('a user id stays the same when the simulator starts again', async () => {
    const again = await startBench();
    expect(again.control.state().citizens).toEqual(on.control.state().citizens);
    await again.close();
  });
});

describe('taps', () => {
  const BUTTONS = interactive('button', { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] });
  const LIST = interactive('list', {
    button: 'Open',
    sections: [
      {
        title: 'Wards',
        rows: [
          { id: 'a', title: 'Ward A', description: 'Fort' },
          { id: 'b', title: 'Ward B' },
        ],
      },
    ],
  });

  beforeEach(() => {
    say('asha', { type: 'text', text: 'hello' });
  });

  test('on a reply button', async () => {
    const replyTo = await arrive(BUTTONS);
    say('asha', { type: 'tap', replyTo, choiceId: 'yes' });
    await on.control.settled();
    expect(messagesOf(on.receiver).at(-1)).toMatchObject({
      type: 'interactive',
      interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } },
      context: { from: '918000000001', id: replyTo },
    });
    expect(on.control.messages('asha').at(-1)?.body).toEqual({ type: 'text', text: 'Yes' });
  });

  test.each([
    ['a', { id: 'a', title: 'Ward A', description: 'Fort' }],
    ['b', { id: 'b', title: 'Ward B' }],
  ])('on list row %s', async (choiceId, reply) => {
    const replyTo = await arrive(LIST);
    say('asha', { type: 'tap', replyTo, choiceId });
    await on.control.settled();
    const message = messagesOf(on.receiver).at(-1);
    expect(property(property(message, 'interactive'), 'list_reply')).toEqual(reply);
  });

  test('on a button of a template gives its payload', async () => {
    const components = [
      { type: 'BODY', text: 'Solved?' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Yes' },
          { type: 'QUICK_REPLY', text: 'No' },
        ],
      },
    ];
    await on.graph('POST', `${on.number.businessId}/message_templates`, {
      name: 'ask',
      language: 'en',
      category: 'UTILITY',
      components,
    });
    await on.control.advance(5_000);
    const button = { type: 'button', sub_type: 'quick_reply', index: '1', parameters: [{ type: 'payload', payload: 'no:42' }] };
    const replyTo = await arrive({ type: 'template', template: { name: 'ask', language: { code: 'en' }, components: [button] } });
    say('asha', { type: 'tap', replyTo, choiceId: 'no:42' });
    await on.control.settled();
    expect(messagesOf(on.receiver).at(-1)).toMatchObject({
      type: 'button',
      button: { text: 'No', payload: 'no:42' },
      context: { id: replyTo },
    });
  });

  test.each(['no', ''])('on a button that is not there (%j) is not possible', async (choiceId) => {
    const replyTo = await arrive(BUTTONS);
    expect(() => say('asha', { type: 'tap', replyTo, choiceId })).toThrow('no such button');
  });

  test('on another citizen’s message, or one that has not arrived, is not possible', async () => {
    const id = sentId(await on.send(BUTTONS));
    expect(() => say('asha', { type: 'tap', replyTo: id, choiceId: 'yes' })).toThrow('not arrived');
    await on.control.advance(5_000);
    expect(() => say('imran', { type: 'tap', replyTo: id, choiceId: 'yes' })).toThrow('no such message');
  });

  test('the phone number is shared when it was asked for', async () => {
    const replyTo = await arrive(interactive('request_contact_info', { name: 'request_contact_info' }));
    expect(on.control.messages('asha').at(-1)?.body).toEqual({ type: 'contact_request', text: 'Choose' });
    say('asha', { type: 'share_phone', replyTo });
    await on.control.settled();
    expect(messagesOf(on.receiver).at(-1)).toMatchObject({
      type: 'contacts',
      origin: 'contact_request',
      contacts: [{ name: { formatted_name: 'Asha Kulkarni' }, phones: [{ phone: '+919990000001', wa_id: '919990000001' }] }],
      context: { id: replyTo },
    });
    const other = await arrive(BUTTONS);
    expect(() => say('asha', { type: 'share_phone', replyTo: other })).toThrow('does not ask');
  });
});

describe('a citizen sends', () => {
  const media = (mimeType: string) =>
    on.control.addMedia({ bytes: Buffer.from('bytes'), mimeType, fileName: 'plan.pdf' }).mediaId;

  test.each<[string, Content, JsonObject]>([
    [
      'a location',
      { type: 'location', latitude: 19.07, longitude: 72.87, name: 'Bandra' },
      { type: 'location', location: { latitude: 19.07, longitude: 72.87, name: 'Bandra' } },
    ],
    ['a pin', { type: 'location', latitude: 0, longitude: -1 }, { type: 'location', location: { latitude: 0, longitude: -1 } }],
    [
      'a contact',
      { type: 'contacts', name: 'A B', phone: '+91 90000 00000' },
      {
        type: 'contacts',
        origin: 'other',
        contacts: [{ name: { formatted_name: 'A B', first_name: 'A' }, phones: [{ phone: '+91 90000 00000', type: 'CELL' }] }],
      },
    ],
  ])('%s', async (_, message, expected) => {
    say('asha', message);
    expect(await heard(1)).toMatchObject(expected);
  });

  test.each([
    ['image', 'image/jpeg', { type: 'image', image: { mime_type: 'image/jpeg', caption: 'look' } }],
    ['video', 'video/mp4', { type: 'video', video: { mime_type: 'video/mp4', caption: 'look' } }],
    ['voice', 'audio/ogg; codecs=opus', { type: 'audio', audio: { mime_type: 'audio/ogg; codecs=opus', voice: true } }],
    ['audio', 'audio/mpeg', { type: 'audio', audio: { voice: false } }],
    ['document', 'application/pdf', { type: 'document', document: { filename: 'plan.pdf', caption: 'look' } }],
    ['sticker', 'image/webp', { type: 'sticker', sticker: { animated: false } }],
  ] as const)('media: %s', async (kind, mimeType, expected) => {
    const mediaId = media(mimeType);
    say('asha', { type: 'media', media: kind, mediaId, caption: 'look' });
    const message = await heard(1);
    expect(message).toMatchObject(expected);
    const object = property(message, String(property(message, 'type')));
    expect(object).toMatchObject({
      id: mediaId,
      sha256: expect.any(String),
      url: expect.stringContaining('/simulator/media-cdn/'),
    });
    const file = await fetch(String(property(object, 'url')), { headers: { authorization: `Bearer ${on.number.accessToken}` } });
    expect(await file.text()).toBe('bytes');
  });

  test('a reaction, and takes it back', async () => {
    const wamid = say('asha', { type: 'text', text: 'hello' });
    say('asha', { type: 'reaction', wamid, emoji: '👍' });
    say('asha', { type: 'reaction', wamid, emoji: '' });
    await heard(3);
    expect(messagesOf(on.receiver).slice(1)).toMatchObject([
      { type: 'reaction', reaction: { message_id: wamid, emoji: '👍' } },
      { type: 'reaction', reaction: { message_id: wamid } },
    ]);
    expect(property(property(messagesOf(on.receiver)[2], 'reaction'), 'emoji')).toBeUndefined();
  });

  test('an edit and a deletion', async () => {
    const wamid = say('asha', { type: 'text', text: 'hallo' });
    say('asha', { type: 'edit', wamid, text: 'hello' });
    say('asha', { type: 'revoke', wamid });
    await heard(3);
    expect(messagesOf(on.receiver).slice(1)).toMatchObject([
      { type: 'edit', edit: { original_message_id: wamid, message: { type: 'text', text: { body: 'hello' } } } },
      { type: 'revoke', revoke: { original_message_id: wamid } },
    ]);
    expect(on.control.messages('asha')).toMatchObject([{ wamid, edited: true, revoked: true, body: { text: 'hello' } }]);
  });

  test('a reply that quotes', async () => {
    const first = say('asha', { type: 'text', text: 'hello' });
    say('asha', { type: 'text', text: 'and', replyTo: first });
    expect(await heard(2)).toMatchObject({ context: { id: first, from: '919990000001' } });
  });

  test('anything raw, as it is', async () => {
    const message = { id: 'wamid.RAW', type: 'order', unknown: [1], from: 'x', timestamp: 'soon', order: { catalog_id: '1' } };
    expect(say('asha', { type: 'raw', message })).toBe('wamid.RAW');
    expect(await heard(1)).toEqual(message);
  });

  test('offline nothing, and all of it in order when the phone is back', async () => {
    on.control.changeCitizen('asha', { online: false });
    const ids = [say('asha', { type: 'text', text: 'one' }), say('asha', { type: 'text', text: 'two' })];
    await on.control.advance(60_000);
    expect(on.receiver.received).toEqual([]);
    expect(on.control.messages('asha').map((item) => item.ticks)).toEqual(['pending', 'pending']);
    on.control.changeCitizen('asha', { online: true });
    await heard(2);
    expect(new Set(messagesOf(on.receiver).map((one) => property(one, 'id')))).toEqual(new Set(ids));
    expect(messagesOf(on.receiver)[0]).toMatchObject({ timestamp: String(Date.UTC(2026, 10, 22, 9, 31) / 1000) });
  });

  test('blocked, the business hears nothing', async () => {
    say('asha', { type: 'text', text: 'hello' });
    await heard(1);
    const users = { messaging_product: 'whatsapp', block_users: [{ user: '+919990000001' }] };
    expect(await on.graph('POST', `${on.number.numberId}/block_users`, users)).toMatchObject({
      status: 200,
      body: { block_users: { added_users: [{ input: '+919990000001', wa_id: '919990000001' }] } },
    });
    say('asha', { type: 'text', text: 'unheard' });
    expect((await on.graph('GET', `${on.number.numberId}/block_users`)).body).toMatchObject({
      data: [{ wa_id: '919990000001' }],
    });
    expect((await on.graph('DELETE', `${on.number.numberId}/block_users`, users)).status).toBe(200);
    const id = say('asha', { type: 'text', text: 'heard' });
    expect(await heard(2)).toMatchObject({ id });
  });
});

test('a number without coexistence gets unsupported for an edit', async () => {
  const plain = await startBench({}, { coexistence: false });
  const { numberId } = plain.number;
  const { id } = plain.control.say('asha', { numberId, type: 'text', text: 'hallo' });
  plain.control.say('asha', { numberId, type: 'edit', wamid: id, text: 'hello' });
  await plain.receiver.has(2);
  expect(messagesOf(plain.receiver)[1]).toMatchObject({
    type: 'unsupported',
    errors: [{ code: 131051 }],
    unsupported: { type: 'edit' },
  });
  await plain.close();
});
