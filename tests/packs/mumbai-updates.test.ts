/** What a citizen of the Mumbai pack reads when something happens to a complaint, in every language. */
import { join } from 'node:path';
import { channelAdapters } from '@hazir/channels';
import type { JsonObject, OutboundMessage } from '@hazir/core';
import { type Session, type StepContext, type StepResult, step } from '@hazir/flow';
import { expect, test } from 'vitest';
import { compileFiles } from '../../packages/server/src/setup/compile-pack.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';

const pack = compileFiles(await readPack(join(PACKS_DIR, 'mumbai'))).loaded?.pack;
const capabilities = channelAdapters.get('whatsapp')?.capabilities;
const UNTIL = '2026-11-25T09:00:00.000Z';

function contextIn(language: string): StepContext {
  if (pack === undefined || capabilities === undefined) throw new Error('the pack is not sound');
  const contact = { id: 'c', language };
  return { current: pack, packOf: () => pack, contact, capabilities, now: 0, newId: () => 'id', random: () => 0 };
}

/** What `serviceRequests.news` says of an event, with what is particular to it. */
function newsOf(particular: JsonObject): JsonObject {
  return {
    ...{ reference: 'MUM-4821-9374', status: 'in_progress', kind: 'working', stateName: 'x', category: 'Pothole', own: true },
    ...{ type: 'service_request_moved', at: UNTIL, move: 'start', ledTo: 'working', said: 'work began', note: null },
    ...{
      canReopen: false,
      reopenUntil: null,
      canRate: false,
      canAnswer: false,
      canWithdraw: true,
      expectedAt: null,
      duplicateOf: null,
    },
    ...particular,
  };
}

const CLOSED = { ledTo: 'closed', said: 'closed', canReopen: true, reopenUntil: UNTIL, canRate: true };

function tell(language: string, particular: JsonObject, session?: Session): StepResult {
  const context = contextIn(language);
  const values = { reference: 'MUM-4821-9374', event: 'e' };
  const asking = step(session, { type: 'start', flow: 'request-update', values }, context);
  if (asking.call === undefined) throw new Error('nothing is asked');
  const result = { ok: true, value: newsOf(particular) } as const;
  return step(asking.session, { type: 'answer', callId: asking.call.id, result }, context);
}

function messagesOf({ events }: StepResult): OutboundMessage[] {
  return events.flatMap((event) => (event.type === 'message_created' ? [event.message] : []));
}

test.each([
  ['en', {}, 'Your complaint'],
  ['en', { own: false }, 'The complaint that you follow'],
  ['en', CLOSED, 'one tap opens it again'],
  ['en', { ledTo: 'closed', canReopen: true, duplicateOf: 'MUM-1111-1111' }, 'joined with'],
  ['en', { canAnswer: true, ledTo: 'waiting' }, 'The office has a question'],
  ['en', { canAnswer: true, type: 'citizen_reminded', ledTo: 'none' }, 'still wait for your answer'],
  ['hi', {}, 'आपकी शिकायत'],
  ['hi', { own: false }, 'जिस शिकायत के साथ आप हैं'],
  ['hi', CLOSED, 'एक टैप से दोबारा खोलें'],
  ['mr', {}, 'तुमची तक्रार'],
  ['mr', CLOSED, 'एका टॅपने पुन्हा उघडा'],
  ['bn', {}, 'আপনার অভিযোগ'],
  ['bn', CLOSED, 'এক ট্যাপে আবার খুলুন'],
  ['ta', {}, 'உங்க புகார்'],
  ['ta', CLOSED, 'ஒரே தட்டல்ல மறுபடி திறக்கலாம்'],
])('in %s %j is said in words, with the note, a way on and the template', (language, particular, words) => {
  const [message, ...more] = messagesOf(tell(language, { ...particular, note: 'Ward team, 14:00 {x}' }));
  expect(more).toEqual([]);
  expect(message?.content).toMatchObject({ type: 'choice', text: expect.stringContaining(words) });
  expect(message?.content).toMatchObject({ text: expect.stringContaining('MUM-4821-9374') });
  if (!('duplicateOf' in particular))
    expect(message?.content).toMatchObject({ text: expect.stringContaining('💬 “Ward team, 14:00 {x}”') });
  const template = { type: 'template', name: 'request_update', language, parameters: ['MUM-4821-9374'] };
  expect(message?.fallback).toEqual({ ...template, payloads: ['@open/request-card?reference=MUM-4821-9374'] });
});

test('nobody is told of what is not theirs', () => {
  const context = contextIn('en');
  const values = { reference: 'MUM-4821-9374', event: 'e' };
  const asking = step(undefined, { type: 'start', flow: 'request-update', values }, context);
  const error = { code: 'service-requests:not-found', message: '' } as const;
  const callId = asking.call?.id ?? '';
  expect(messagesOf(step(asking.session, { type: 'answer', callId, result: { ok: false, error } }, context))).toEqual([]);
});

test('one tap says that it is not fixed, also between two questions and when nothing is open any more', () => {
  const context = contextIn('en');
  const say = (session: Session | undefined, text: string) =>
    step(session, { type: 'message', messageId: 'm', content: { type: 'text', text } }, context);
  const asking = say(undefined, 'report a problem');
  const interrupted = tell('en', CLOSED, asking.session);
  expect(messagesOf(interrupted).map(({ content }) => content)).toMatchObject([
    { type: 'choice', choices: [{ label: '👍 Solved' }, { label: '👎 Not fixed' }, { label: '🔎 See complaint' }] },
    { text: expect.stringContaining('What is the problem?') },
  ]);
  const id = '@open/request-not-fixed?reference=MUM-4821-9374';
  const tap = { type: 'choice', id, label: '👎 Not fixed', source: 'button' } as const;
  for (const session of [tell('en', CLOSED).session, interrupted.session, undefined]) {
    const { call } = step(session, { type: 'message', messageId: 'm', content: tap }, context);
    expect(call).toMatchObject({ operation: 'serviceRequests.reopen', input: { reference: 'MUM-4821-9374' } });
  }
});
