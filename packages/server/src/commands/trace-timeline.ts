/** A message's life as lines in the order of time, and one sentence on where it stands. */
import { type Json, property, textProperty } from '@hazir/core';
import { type Channel, type LoggedMessage, statusOf, type TracedLife, timeOfId } from '@hazir/store';
import { maskDetail } from './mask.ts';
import { span } from './since.ts';

export interface Moment {
  /** Undefined: in this place of the order, but nobody noted when. */
  at: Date | undefined;
  what: string;
  id: string;
  detail: string;
}

export interface Timeline {
  moments: Moment[];
  verdict: string;
  /** The command to go on with. */
  next: string | undefined;
}

export interface TraceContext {
  channelOf: (id: number) => Channel | undefined;
  now: number;
  reveal: boolean;
  workers: number;
}

const STATES = ['being posted', 'due', 'in doubt: it may have arrived, nobody has said so'];

export function timelineOf(life: TracedLife, context: TraceContext): Timeline {
  const inbound = life.messages.find((message) => !message.outbound);
  const turn = [
    ...inboundMoments(life, inbound, context),
    ...life.events.map(({ id, type, data }) => moment(undefined, type, id, factsOf(data))),
  ];
  const said = life.messages.filter((message) => message.outbound);
  const answers = said.flatMap((message) => outboundMoments(life, message, context));
  const calls = life.calls.map((call) =>
    moment(
      call.runAt,
      'outside call',
      call.callId,
      `not answered, attempt ${call.attempts} of ${call.most}${call.lastError ? `: ${maskDetail(call.lastError)}` : ''}`,
    ),
  );
  const files = life.files.map(({ id, error, hash, fetchedAt }) =>
    moment(fetchedAt ?? undefined, 'file', id, error ?? (hash === null ? 'not fetched yet' : 'fetched')),
  );
  return { moments: [...turn, ...answers, ...calls, ...files, ...decisions(life)], ...judge(life, said, context) };
}

function inboundMoments(life: TracedLife, inbound: LoggedMessage | undefined, context: TraceContext): Moment[] {
  const { inputId } = life;
  const sentAt = inputId === undefined ? undefined : new Date(timeOfId(inputId));
  const came =
    inputId === undefined
      ? [moment(undefined, 'begun', '', 'by a timer or from outside, not by a message of the citizen')]
      : [
          moment(
            sentAt,
            'received',
            inputId,
            inbound === undefined ? "(provider's clock)" : `${contentOf(inbound, context)} (provider's clock)`,
          ),
        ];
  const waiting = life.inbox.map(({ id, receivedAt, attempts, ahead }) =>
    moment(receivedAt, 'stored', id, `in the inbox, ${ahead} before it at this number, ${attempts} failed attempts`),
  );
  const parked = life.parked.map(({ parkedAt, id, reason, detail }) =>
    moment(parkedAt, 'parked', id, `${reason}: ${maskDetail(detail.split('\n')[0] ?? '')}`),
  );
  return [...came, ...waiting, ...parked];
}

function outboundMoments(life: TracedLife, message: LoggedMessage, context: TraceContext): Moment[] {
  const { id, at, origin } = message;
  const row = life.outbox.find((one) => one.id === id);
  const unsent =
    row === undefined
      ? []
      : [
          moment(
            row.dueAt,
            'outbox',
            id,
            `${STATES[row.state] ?? ''}, lane ${row.lane}, ${row.ahead} before it, ${row.attempt} refused attempts, ${row.doubts} in doubt`,
          ),
        ];
  const kinds = ['accepted', 'sent', 'delivered', 'read', 'played', 'failed'] as const;
  const facts = kinds.flatMap((kind) =>
    at[kind] === null ? [] : [moment(at[kind], kind, id, kind === 'failed' ? errorOf(message) : '')],
  );
  return [moment(undefined, 'said', id, `${origin ?? ''} ${contentOf(message, context)}`.trim()), ...unsent, ...facts];
}

/** Of an event only what names parts of a flow; its data never holds what a citizen wrote. */
function factsOf(data: string): string {
  const parsed: Json = JSON.parse(data);
  return ['flow', 'node', 'exit', 'kind', 'code', 'language', 'topic']
    .flatMap((name) => textProperty(parsed, name) ?? [])
    .join(' ');
}

function decisions(life: TracedLife): Moment[] {
  return life.decisions.map(({ id, decision, reason, decidedBy, decidedAt }) =>
    moment(decidedAt, decision.replace('_', ' '), id, `${reason}, by ${decidedBy}`),
  );
}

/** The first thing that keeps the message from being read. */
function judge(life: TracedLife, said: readonly LoggedMessage[], context: TraceContext): Pick<Timeline, 'verdict' | 'next'> {
  const [parked] = life.parked;
  if (parked !== undefined) return { verdict: `Parked: ${parked.reason}.`, next: `hazir parked show ${parked.id}` };
  const [waiting] = life.inbox;
  if (waiting !== undefined) {
    const since = span(context.now - waiting.receivedAt.getTime());
    const nobody = context.workers === 0 ? ' No process works: start one with the role worker or both.' : '';
    return { verdict: `Waits in the inbox for ${since}, ${waiting.ahead} before it.${nobody}`, next: 'hazir trace --stuck' };
  }
  const [row] = life.outbox;
  if (row !== undefined) return judgeUnsent(row, context);
  if (life.calls.length > 0) return { verdict: 'Waits for the answer of an outside system.', next: undefined };
  const failed = said.find(({ at }) => statusOf(presentOf(at)) === 'failed');
  if (failed !== undefined) return { verdict: `Failed: ${errorOf(failed)}.`, next: undefined };
  if (said.length === 0) return { verdict: 'Processed; the flow said nothing to it.', next: undefined };
  return { verdict: `Done: ${said.map(({ at }) => statusOf(presentOf(at))).join(', ')}.`, next: undefined };
}

function judgeUnsent(row: TracedLife['outbox'][number], { channelOf, now }: TraceContext): Pick<Timeline, 'verdict' | 'next'> {
  const channel = channelOf(row.channelId);
  if (channel?.stoppedReason) {
    return {
      verdict: `Held: number ${row.channelId} is stopped: ${channel.stoppedReason.replace(/\.$/, '')}.`,
      next: `hazir channel resume ${row.channelId}`,
    };
  }
  const until = row.dueAt.getTime() - now;
  const when = until > 0 ? `in ${span(until)}` : `due for ${span(-until)}`;
  if (row.state === 2) return { verdict: `In doubt: looked at again ${when}.`, next: undefined };
  if (row.state === 0)
    return { verdict: 'Being posted, or its process was killed while it was; that is noticed within a minute.', next: undefined };
  return {
    verdict: `Waits to be sent, ${when}, ${row.ahead} before it.`,
    next: row.ahead > 0 ? 'hazir trace --stuck' : undefined,
  };
}

function presentOf(at: LoggedMessage['at']): Parameters<typeof statusOf>[0] {
  return Object.fromEntries(Object.entries(at).filter(([, time]) => time !== null));
}

function contentOf(message: LoggedMessage, { reveal }: TraceContext): string {
  const parsed: Json = JSON.parse(message.content);
  if (reveal) return JSON.stringify(parsed);
  return textProperty(property(parsed, 'content'), 'type') ?? '';
}

function errorOf({ error }: LoggedMessage): string {
  if (error === null) return 'without a reason';
  const parsed: Json = JSON.parse(error);
  const parts = ['code', 'title', 'remedy'].map((name) => textProperty(parsed, name)).filter((part) => part !== undefined);
  return maskDetail(parts.join(': '));
}

function moment(at: Date | null | undefined, what: string, id: string, detail: string): Moment {
  return { at: at ?? undefined, what, id, detail };
}
