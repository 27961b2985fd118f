/** `POST /{phone}/messages`: a message, or a citizen's message marked as read. */
import { type JsonObject, property } from '@hazir/core';
import { drawsFor } from '../random.ts';
import { markRead } from '../send/mark-read.ts';
import { send } from '../send/send.ts';
import type { NumberState, World } from '../world.ts';
import type { GraphCall } from './call.ts';
import { refuse } from './refusal.ts';

/** Says of a response whether it is to be swallowed: accepted, but the connection closes. */
export const SWALLOWED = Symbol('swallowed');

export function postMessage(call: GraphCall, number: NumberState): JsonObject | typeof SWALLOWED {
  const { world, body, version } = call;
  const business = world.businesses.get(number.options.businessId);
  if (business === undefined) return refuse(131000);
  if (property(body, 'messaging_product') !== 'whatsapp') {
    return refuse(100, undefined, { title: 'The parameter messaging_product is required.' });
  }
  const scene = { world, number, business, version };
  if (property(body, 'status') !== undefined) {
    return property(body, 'status') === 'read' ? markRead(body, scene) : refuse(100, 'Param status must be read.');
  }
  if (property(body, 'recipient_type') === 'group') return refuse(131051, 'Groups are not simulated.');
  const fate = fateOf(world);
  if (fate.failure !== undefined) return refuse(fate.failure, 'A fault of the simulator.');
  const response = send(body, scene);
  return fate.swallowed ? SWALLOWED : response;
}

function fateOf(world: World): { failure: number | undefined; swallowed: boolean } {
  world.count.request += 1;
  const draw = drawsFor(world.settings.seed, 'request', world.count.request);
  const [fails, swallowed] = [draw(), draw()];
  const { fail, acceptThenTimeout } = world.faults;
  return { failure: fail !== null && fails < fail.probability ? fail.code : undefined, swallowed: swallowed < acceptThenTimeout };
}
