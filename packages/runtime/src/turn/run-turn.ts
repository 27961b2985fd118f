/**
 * One turn: an input through the engine until it rests. A call to a service of ours is answered here, inside the
 * transaction that will commit the turn; a call to the outside becomes a job whose answer is a later input.
 */
import type { CallRequest, CallResult, ChannelAdapter, Identity } from '@hazir/core';
import { DANGER_FLOW, type Input, type Session } from '@hazir/flow';
import { type Channel, type Conversation, derivedId, type Lane, type Operation, type Tx, timedId } from '@hazir/store';
import type { LoadedPack, RuntimeDeps } from '../deps.ts';
import { scheduleHttpCall } from '../jobs/http-call.ts';
import { scheduleOperation } from '../jobs/later-operation.ts';
import { scheduleProviderCall } from '../jobs/provider-call.ts';
import { applyEvents, type TurnFrame } from './apply-events.ts';
import type { Outcome } from './outcome.ts';
import { seededRandom } from './random.ts';

export interface TurnPlace {
  deps: RuntimeDeps;
  channel: Channel;
  adapter: ChannelAdapter;
  current: LoadedPack;
  /** Opens the batch's transaction when first asked. */
  tx: () => Promise<Tx>;
}

/** Calls of services in one turn: a flow that asks for more runs in circles. */
const MOST_CALLS = 25;
/** Whoever took a conversation and says nothing for a shift has left it: the flows answer again, and the ticket stays open. */
const SILENT_PERSON_MS = 8 * 3_600_000;

/** Runs an input; changes `conversation` to what it will be, and attaches all writes to `outcome`. */
export async function runTurn(
  place: TurnPlace,
  turn: { conversation: Conversation; inputId: string; input: Input; lane: Lane; to: readonly Identity[] | undefined },
  outcome: Outcome,
): Promise<void> {
  const { conversation, inputId } = turn;
  let lane = turn.lane;
  const laneOf = (flow: string): Lane => {
    // What follows an emergency card in the same turn stays behind it: in a lane of its own it would overtake.
    if (flow === DANGER_FLOW || place.current.pack.flows.get(flow)?.urgent === true) lane = 'emergency';
    return lane;
  };
  const frame: TurnFrame = { conversation, inputId, ordinal: 0, now: place.deps.now(), laneOf, to: turn.to };
  const random = seededRandom(inputId);
  const providers = place.deps.providers?.offered(place.channel.organizationId);
  let ids = 0;
  let session: Session | undefined = conversation.session === null ? undefined : JSON.parse(conversation.session);
  let input = turn.input;
  for (let calls = 0; calls <= MOST_CALLS; calls += 1) {
    const stepped = place.deps.step(session, input, {
      current: place.current.pack,
      packOf: (version) => packOf(place, version)?.pack,
      contact: viewOf(conversation),
      ...(isWithPerson(conversation, frame.now) && { withPerson: true }),
      capabilities: place.adapter.capabilities,
      now: frame.now,
      newId: () => derivedId(inputId, `id${ids++}`),
      random,
      ...(providers && { providers }),
      ...(place.deps.understand && { understand: place.deps.understand }),
      ...(place.deps.named && { named: place.deps.named }),
    });
    session = stepped.session;
    applyEvents(stepped.events, frame, outcome);
    if (stepped.call === undefined) break;
    const { call } = stepped;
    if (call.kind !== 'service') {
      const job = { conversation, callId: call.id, answerId: timedId(frame.now, call.id) };
      outcome.extras.push((tx) =>
        call.kind === 'http' ? scheduleHttpCall(tx, { ...job, call }) : scheduleProviderCall(tx, { ...job, call }),
      );
      break;
    }
    const operation = operationOf(place, session, call.operation);
    if (operation?.later === true) {
      const { organizationId, contactId, channelId } = conversation;
      const job = {
        conversation: { organizationId, contactId, channelId },
        callId: call.id,
        answerId: timedId(frame.now, call.id),
      };
      const version = session?.version ?? place.current.pack.version;
      const subject = { ...viewOf(conversation), ...subjectOf(conversation, place) };
      outcome.extras.push((tx) => scheduleOperation(tx, { ...job, call, version, subject }));
      break;
    }
    const result = await callService(place, conversation, { call, operation, frame, random });
    input = { type: 'answer', callId: call.id, result };
  }
  conversation.session = session === undefined ? null : JSON.stringify(session);
  conversation.wakeAt = wakeAtOf(session);
}

function wakeAtOf(session: Session | undefined): Date | null {
  const until = session?.waiting?.until;
  return until === undefined ? null : new Date(until);
}

function packOf(place: TurnPlace, version: string): LoadedPack | undefined {
  return place.deps.packs.byVersion(place.channel.organizationId, place.channel.pack, version);
}

function viewOf(conversation: Conversation) {
  return {
    id: conversation.contactId,
    ...(conversation.language !== null && { language: conversation.language }),
    ...(conversation.name !== null && { name: conversation.name }),
    ...(conversation.phone !== null && { phone: conversation.phone }),
    optedOut: conversation.optedOut,
  };
}

interface ServiceCall {
  call: Extract<CallRequest, { kind: 'service' }>;
  operation: Operation | undefined;
  frame: TurnFrame;
  random: () => number;
}

function operationOf(place: TurnPlace, session: Session | undefined, name: string): Operation | undefined {
  const operations = (session && packOf(place, session.version)?.operations) ?? place.current.operations;
  return operations.get(name);
}

async function callService(
  place: TurnPlace,
  conversation: Conversation,
  { call, operation, frame, random }: ServiceCall,
): Promise<CallResult> {
  if (operation === undefined)
    return { ok: false, error: { code: 'call:unknown-operation', message: `No operation ${call.operation}` } };
  let ids = 0;
  return operation.run(call.input, {
    tx: await place.tx(),
    subject: { ...viewOf(conversation), ...subjectOf(conversation, place) },
    now: new Date(frame.now),
    newId: () => derivedId(frame.inputId, `${call.id}/${ids++}`),
    random,
  });
}

function subjectOf(conversation: Conversation, place: TurnPlace) {
  return {
    organizationId: conversation.organizationId,
    contactId: conversation.contactId,
    conversationId: `${conversation.contactId}/${conversation.channelId}`,
    language: conversation.language ?? place.current.pack.defaultLanguage,
  };
}

function isWithPerson({ withPersonSince }: Conversation, now: number): boolean {
  return withPersonSince !== null && now - withPersonSince.getTime() < SILENT_PERSON_MS;
}
