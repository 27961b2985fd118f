/**
 * Gathers the messages of a step so that a citizen gets one bubble a turn. The rule: a text that is followed directly
 * by a further text, by options, by a request for a location or a contact, or by a link, becomes the first paragraph of
 * that message where the channel's limit allows. Anything between them (a map pin, a contact card, a file) keeps them
 * apart. Options whose text is longer than the channel allows are sent after it, below a short line.
 */
import { type ChannelCapabilities, clip, type OutboundContent, type OutboundMessage, textLength } from '@hazir/core';
import { MOST_MESSAGES_A_STEP } from '../limits.ts';

export interface Sent {
  message: OutboundMessage;
  flow: string;
  node: string;
}

export interface Outgoing {
  add: (message: OutboundMessage, from: { flow: string; node: string }) => void;
  list: () => Sent[];
  /** Messages that were too many and left out. */
  dropped: () => number;
}

/** `below` is the short line that stands in for a body that had to be sent on its own. */
export function createOutgoing(capabilities: ChannelCapabilities, held: readonly Sent[], below: () => string): Outgoing {
  const sent: Sent[] = [...held];
  let dropped = 0;
  const push = (entry: Sent): void => {
    if (sent.length < MOST_MESSAGES_A_STEP) sent.push(entry);
    else dropped += 1;
  };
  return {
    add(message, from) {
      const last = sent.at(-1);
      const merged = last === undefined ? undefined : merge(last.message, message, capabilities);
      if (merged !== undefined) sent[sent.length - 1] = { message: merged, ...from };
      else for (const part of fit(message, capabilities, below)) push({ message: part, ...from });
    },
    list: () => sent,
    dropped: () => dropped,
  };
}

/** Most UTF-16 units of the text of a content; undefined when it has none that could be joined. */
function textLimit(content: OutboundContent, capabilities: ChannelCapabilities): number | undefined {
  if (content.type === 'text') return capabilities.text;
  if (content.type === 'choice' || content.type === 'link') return capabilities.choiceText;
  if (content.type === 'location_request' || content.type === 'contact_request') return capabilities.choiceText;
  return undefined;
}

function merge(first: OutboundMessage, second: OutboundMessage, capabilities: ChannelCapabilities): OutboundMessage | undefined {
  const limit = textLimit(second.content, capabilities);
  if (first.content.type !== 'text' || first.fallback !== undefined || limit === undefined || !('text' in second.content))
    return undefined;
  const text = `${first.content.text}\n\n${second.content.text}`;
  if (textLength(text) > limit) return undefined;
  return { ...second, content: withText(second.content, text) };
}

function fit(message: OutboundMessage, capabilities: ChannelCapabilities, below: () => string): OutboundMessage[] {
  const { content } = message;
  const limit = textLimit(content, capabilities);
  if (limit === undefined || !('text' in content) || textLength(content.text) <= limit) return [message];
  if (content.type === 'text') return [{ ...message, content: { ...content, text: clip(content.text, limit) } }];
  const long: OutboundMessage = { content: { type: 'text', text: clip(content.text, capabilities.text) } };
  return [long, { ...message, content: withText(content, below()) }];
}

function withText<Content extends OutboundContent>(content: Content, text: string): Content {
  return 'text' in content ? { ...content, text } : content;
}
