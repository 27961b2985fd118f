import type { Channel } from '@hazir/store';
import { type Context, type Span, type Tracer, trace } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { createSpans } from './spans.ts';

const ID = '01a20486-96b8-8648-9712-e98c1b3a5ba7';
const channel: Channel = {
  ...{
    id: 1,
    organizationId: 1,
    channelType: 'whatsapp',
    name: 'N',
    displayPhone: null,
    pack: 'p',
    appId: null,
    appSecret: '',
    verifyToken: '',
  },
  ...{
    messagesPerSecond: 80,
    readReceipts: true,
    stoppedReason: null,
    accountId: '106',
    businessId: 'b',
    baseUrl: '',
    version: '',
    accessToken: '',
  },
};

afterEach(() => trace.disable());

test('without a collector there are no spans', () => expect(createSpans()).toBeUndefined());

test('with one, the trace of a message has its id', () => {
  const recorded: { name: string; traceId: string | undefined; attributes: unknown }[] = [];
  const none = trace.getTracer('none').startSpan('none');
  const span: Span = Object.assign(Object.create(none), { isRecording: () => true, end: () => undefined });
  const tracer: Tracer = {
    startSpan: (name, options, context?: Context) => {
      recorded.push({ name, traceId: context && trace.getSpanContext(context)?.traceId, attributes: options?.attributes });
      return span;
    },
    startActiveSpan: () => {
      throw new Error('not used');
    },
  };
  trace.setGlobalTracerProvider({ getTracer: () => tracer });
  createSpans()?.turn(ID, channel, 3);
  expect(recorded.at(-1)).toEqual({
    name: 'hazir.turn',
    traceId: ID.replaceAll('-', ''),
    attributes: { 'hazir.message': ID, 'hazir.number': '106' },
  });
});
