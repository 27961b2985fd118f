/** One handler for each type of engine event: it attaches work to the outcome and writes nothing itself. */
import type { Identity } from '@hazir/core';
import type { EngineEvent } from '@hazir/flow';
import {
  type Conversation,
  derivedId,
  type Lane,
  type OutboxRow,
  openTicket,
  setLanguage,
  setName,
  setOptedOut,
} from '@hazir/store';
import type { Outcome } from './outcome.ts';

export interface TurnFrame {
  conversation: Conversation;
  /** The id of the input: everything that follows from it is named after it. */
  inputId: string;
  /** Counts what followed from the input so far. */
  ordinal: number;
  now: number;
  /** How urgent what a flow says in this turn is. */
  laneOf: (flow: string) => Lane;
  /** Under which identities the citizen has just written. */
  to?: readonly Identity[] | undefined;
}

type Handler<Type extends EngineEvent['type']> = (
  event: Extract<EngineEvent, { type: Type }>,
  frame: TurnFrame,
  outcome: Outcome,
) => void;

const handlers: { [Type in EngineEvent['type']]: Handler<Type> } = {
  message_created: (event, frame, outcome) => {
    const key = nextKey(frame);
    const content = JSON.stringify(event.message);
    outcome.turns.messages.push({ ...key, outbound: true, externalId: null, content, origin: `${event.flow}/${event.node}` });
    const row: OutboxRow = {
      ...key,
      ...{ state: 1, dueAt: new Date(frame.now), payload: content, lane: frame.laneOf(event.flow) },
      ...{ attempt: 0, doubts: 0, lastInboundAt: frame.conversation.lastInboundAt, message: event.message },
      ...(frame.to && { to: frame.to }),
    };
    outcome.turns.outbox.push(row);
    outcome.outbox.push(row);
  },
  language_changed: (event, frame, outcome) => {
    frame.conversation.language = event.language;
    const key = keyOf(frame);
    outcome.extras.push((tx) => setLanguage(tx, key, event.language));
    note(event.type, { language: event.language }, frame, outcome);
  },
  name_changed: (event, frame, outcome) => {
    frame.conversation.name = event.name;
    const key = keyOf(frame);
    outcome.extras.push((tx) => setName(tx, key, event.name));
  },
  opted_out: (event, frame, outcome) => optOut(true, event.type, frame, outcome),
  opted_in: (event, frame, outcome) => optOut(false, event.type, frame, outcome),
  ticket_opened: (event, frame, outcome) => {
    const ticket = {
      ...nextKey(frame),
      topic: event.topic,
      summary: event.summary,
      data: event.values,
      priority: event.priority,
      openedAt: new Date(frame.now),
    };
    outcome.extras.push((tx) => openTicket(tx, ticket));
    note(event.type, { topic: event.topic }, frame, outcome);
  },
  flow_started: (event, frame, outcome) => note(event.type, { flow: event.flow }, frame, outcome),
  flow_ended: (event, frame, outcome) => note(event.type, { flow: event.flow, exit: event.exit }, frame, outcome),
  input_missed: ({ type, ...data }, frame, outcome) => note(type, data, frame, outcome),
  voice_taken: ({ type, ...data }, frame, outcome) => note(type, data, frame, outcome),
  candidate_chosen: ({ type, ...data }, frame, outcome) => note(type, data, frame, outcome),
  text_understood: ({ type, ...data }, frame, outcome) => note(type, data, frame, outcome),
  session_expired: (event, frame, outcome) => note(event.type, { flow: event.flow }, frame, outcome),
  error_raised: ({ type, ...data }, frame, outcome) => note(type, data, frame, outcome),
};

/** Attaches what the events ask for to the outcome. */
export function applyEvents(events: readonly EngineEvent[], frame: TurnFrame, outcome: Outcome): void {
  for (const event of events) applyOne(event, frame, outcome);
}

function applyOne<Type extends EngineEvent['type']>(
  event: Extract<EngineEvent, { type: Type }>,
  frame: TurnFrame,
  outcome: Outcome,
): void {
  const handler: Handler<Type> = handlers[event.type];
  handler(event, frame, outcome);
}

/** Kept for counting and charts; the data never holds what a citizen wrote. */
function note(type: string, data: object, frame: TurnFrame, outcome: Outcome): void {
  outcome.turns.events.push({ ...nextKey(frame), type, data: JSON.stringify(data) });
}

function optOut(out: boolean, type: string, frame: TurnFrame, outcome: Outcome): void {
  frame.conversation.optedOut = out;
  const key = keyOf(frame);
  const at = out ? new Date(frame.now) : null;
  outcome.extras.push((tx) => setOptedOut(tx, key, at));
  note(type, {}, frame, outcome);
}

function keyOf({ conversation }: TurnFrame) {
  const { organizationId, contactId, channelId } = conversation;
  return { organizationId, contactId, channelId };
}

/** Key of the next thing that follows from the input: the same at every replay. */
export function nextKey(frame: TurnFrame) {
  frame.ordinal += 1;
  return { ...keyOf(frame), id: derivedId(frame.inputId, frame.ordinal) };
}
