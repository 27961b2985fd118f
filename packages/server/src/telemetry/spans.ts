/**
 * Spans for OpenTelemetry, where the operator has loaded an SDK (`NODE_OPTIONS=--import ...`, see docs/operations.md); without one there
 * are none and they cost nothing. The trace of a message has its id: `hazir trace` and the collector speak of the same.
 */

import type { Meter } from '@hazir/runtime';
import type { Channel } from '@hazir/store';
import { context, ROOT_CONTEXT, type SpanContext, SpanKind, TraceFlags, trace } from '@opentelemetry/api';

/** Undefined when nobody collects. */
export function createSpans(): Required<Pick<Meter, 'turn' | 'post'>> | undefined {
  const tracer = trace.getTracer('hazir');
  const probe = tracer.startSpan('hazir.start');
  const collected = probe.isRecording();
  probe.end();
  if (!collected) return undefined;
  const record = (name: string, id: string, { channel, ms, kind }: { channel: Channel; ms: number; kind: SpanKind }) => {
    const endTime = Date.now();
    const parent = trace.setSpanContext(ROOT_CONTEXT, spanContextOf(id));
    const attributes = { 'hazir.message': id, 'hazir.number': channel.accountId };
    tracer.startSpan(name, { kind, startTime: endTime - ms, attributes }, parent ?? context.active()).end(endTime);
  };
  return {
    turn: (inputId, channel, ms) => record('hazir.turn', inputId, { channel, ms, kind: SpanKind.CONSUMER }),
    post: (messageId, channel, ms) => record('hazir.post', messageId, { channel, ms, kind: SpanKind.CLIENT }),
  };
}

/** A message id has 128 bits, as a trace id has. */
function spanContextOf(messageId: string): SpanContext {
  const traceId = messageId.replaceAll('-', '');
  return { traceId, spanId: traceId.slice(16), traceFlags: TraceFlags.SAMPLED, isRemote: true };
}
