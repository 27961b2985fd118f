/** What a citizen of the Mumbai pack reads when an officer moves a complaint, in every language and status. */
import { join } from 'node:path';
import { channelAdapters } from '@hazir/channels';
import type { OutboundMessage } from '@hazir/core';
import { type Session, type StepContext, type StepResult, step } from '@hazir/flow';
import { expect, test } from 'vitest';
import { compileFiles } from '../../packages/server/src/setup/compile-pack.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';

const pack = compileFiles(await readPack(join(PACKS_DIR, 'mumbai'))).loaded?.pack;
const capabilities = channelAdapters.get('whatsapp')?.capabilities;

function contextIn(language: string): StepContext {
  if (pack === undefined || capabilities === undefined) throw new Error('the pack is not sound');
  const contact = { id: 'c', language };
  return { current: pack, packOf: () => pack, contact, capabilities, now: 0, newId: () => 'id', random: () => 0 };
}

function tell(language: string, values: { status: string; note: string }): StepResult {
  const start = { type: 'start', flow: 'request-update', values: { reference: 'MUM-4821-9374', ...values } } as const;
  return step(undefined, start, contextIn(language));
}

function messagesOf({ events }: StepResult): OutboundMessage[] {
  return events.flatMap((event) => (event.type === 'message_created' ? [event.message] : []));
}

test.each([
  ['en', 'open', 'It is open again.'],
  ['en', 'in_progress', 'Work on it has begun.'],
  ['en', 'on_hold', 'It is on hold.'],
  ['en', 'closed', 'You can rate it, or reopen it within three days.'],
  ['hi', 'open', 'फिर से खुल गई है'],
  ['hi', 'in_progress', 'काम शुरू हो गया है'],
  ['hi', 'on_hold', 'रुकी हुई है'],
  ['hi', 'closed', 'रेटिंग दें, या तीन दिन के अंदर'],
  ['mr', 'open', 'पुन्हा उघडली आहे'],
  ['mr', 'in_progress', 'काम सुरू झाले आहे'],
  ['mr', 'on_hold', 'थांबले आहे'],
  ['mr', 'closed', 'रेटिंग द्या, किंवा तीन दिवसांत'],
])('in %s the status %s is said in words, with the note and a way on', (language, status, words) => {
  const [message, ...more] = messagesOf(tell(language, { status, note: 'Ward team, 14:00 {x}' }));
  expect(more).toEqual([]);
  expect(message?.content).toMatchObject({
    type: 'choice',
    text: expect.stringMatching(new RegExp(`MUM-4821-9374.*${words}`, 's')),
    choices: [
      { id: 'request-update/update/card' },
      { id: 'request-update/update/my-requests' },
      { id: 'request-update/update/menu' },
    ],
  });
  expect(message?.content).toMatchObject({ text: expect.stringContaining('💬 “Ward team, 14:00 {x}”') });
  const template = { type: 'template', name: 'request_update', language, parameters: ['MUM-4821-9374'] };
  expect(message?.fallback).toEqual({ ...template, payloads: ['@open/my-requests'] });
  const [bare] = messagesOf(tell(language, { status, note: '' }));
  expect(bare?.content).toMatchObject({ text: expect.not.stringContaining('💬') });
});

test('what is closed can be rated or reopened through the card of this complaint, also between two questions', () => {
  const context = contextIn('en');
  const closed = tell('en', { status: 'closed', note: '' });
  expect(messagesOf(closed)[0]?.content).toMatchObject({ choices: [{ label: '⭐ Rate or reopen' }, {}, {}] });
  const say = (session: Session | undefined, text: string) =>
    step(session, { type: 'message', messageId: 'm', content: { type: 'text', text } }, context);
  const asking = say(undefined, 'report a problem');
  const values = { reference: 'MUM-4821-9374', status: 'closed', note: '' };
  const interrupted = step(asking.session, { type: 'start', flow: 'request-update', values }, context);
  expect(messagesOf(interrupted).map(({ content }) => content)).toMatchObject([
    { type: 'choice' },
    { text: expect.stringContaining('What is the problem?') },
  ]);
  for (const session of [closed.session, interrupted.session]) {
    const tap = { type: 'choice', id: 'request-update/update/card', label: '⭐ Rate or reopen', source: 'button' } as const;
    const { call } = step(session, { type: 'message', messageId: 'm', content: tap }, context);
    expect(call).toMatchObject({ operation: 'serviceRequests.find', input: { reference: 'MUM-4821-9374' } });
  }
});
