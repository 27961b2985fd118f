/**
 * What is counted and timed on the message path, for whoever draws charts or collects spans. Called on the way of every message:
 * an implementation must be cheap, must not throw, and must not keep what it is given.
 */
import type { MessageStatus } from '@hazir/core';
import type { Channel } from '@hazir/store';
import type { Meter as SenderMeter } from './sender/meter.ts';

export interface Meter extends SenderMeter {
  /** New messages of a number are durable in the inbox. */
  accepted: (channel: Channel, messages: number) => void;
  /** Inputs of a number were processed and committed. */
  processed: (channel: Channel, inputs: number) => void;
  /** A batch was committed: how many inputs, how long the flows took, how long the commit. */
  batch: (batch: { inputs: number; stepMs: number; commitMs: number }) => void;
  /** Statuses of the provider were stored. */
  statuses: (status: MessageStatus, count: number) => void;
  /** A message was given up: refused for good, failed after it had been accepted, or parked. `code` as in `sent`. */
  failed: (channel: Channel, code: string) => void;
  /** A message was set aside for an operator. */
  parked: (channel: Channel, direction: 'inbound' | 'outbound') => void;
  /** Only asked where spans are collected: one turn of one input, by the input's id. */
  turn?: (inputId: string, channel: Channel, ms: number) => void;
  /** Only asked where spans are collected: one post of one message of ours. */
  post?: (messageId: string, channel: Channel, ms: number) => void;
}
