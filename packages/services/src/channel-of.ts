import type { CallSubject } from '@hazir/core';

/** A conversation's id ends in its channel. */
export function channelOf({ conversationId }: CallSubject): number | null {
  const channel = /\/(\d{1,9})$/.exec(conversationId)?.[1];
  return channel === undefined ? null : Number(channel);
}
