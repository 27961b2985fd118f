/** What is learnt from a request to send. */
import type { Refusal } from '../graph/refusal.ts';
import type { ChatBody } from '../protocol.ts';
import type { BusinessState, NumberState, Template, World } from '../world.ts';

/** Where a request is read: the number that sends and the version that it speaks. */
export interface Scene {
  world: World;
  number: NumberState;
  business: BusinessState;
  version: number;
}

export interface Reading {
  body?: ChatBody;
  reaction?: { wamid: string; emoji: string };
  /** Accepted, but it will be reported as failed. */
  failure?: Refusal;
  template?: Template;
}
