/** Does what a step of a conversation says: as the citizen, or as time that passes. */
import type { OutboundMessage } from '@hazir/core';
import { type CitizenAct, fillCaptured, findTappedChoice } from '@hazir/flow';
import type { ChatItem, CitizenMessage } from '@hazir/simulator';
import { readBubbles } from './bubbles.ts';
import { untilTime } from './clock.ts';
import { SAMPLES } from './samples.ts';
import type { Actor } from './stage.ts';

export interface Scene {
  actor: Actor;
  captured: { [name: string]: string };
}

/** Performs a citizen's act; returns why it cannot be done, or undefined. */
export async function actAsCitizen({ actor, captured }: Scene, act: CitizenAct): Promise<string | undefined> {
  if (act.type === 'wait') {
    await actor.stage.pass(act.milliseconds);
    return undefined;
  }
  if (act.type === 'wait_until') {
    const { control, pack } = actor.stage;
    await actor.stage.pass(untilTime(act.time, { now: control.state().now, timeZone: pack.timeZone }));
    return undefined;
  }
  if (act.type === 'answer') {
    actor.stage.answers.push(act.result);
    return undefined;
  }
  actor.stage.hears(act.type === 'voice' ? act : {});
  const message = act.type === 'tap' ? tap(actor, fillCaptured(act.option, captured)) : messageOf(actor, act, captured);
  if (typeof message === 'string') return message;
  actor.stage.control.say(actor.citizenId, message);
  await actor.stage.quiet();
  return undefined;
}

function tap({ stage, citizenId }: Actor, option: string): CitizenMessage | string {
  const bubbles = stage.control.messages(citizenId).filter((item) => item.from === 'business');
  for (const item of bubbles.toReversed()) {
    const choice = findTappedChoice(option, readBubbles(stage.control, [item])) ?? templateButton(item, option);
    if (choice !== undefined) return { numberId: stage.numberId, type: 'tap', choiceId: choice.id, replyTo: item.wamid };
  }
  return `There is no option “${option}” to tap.`;
}

function templateButton({ body }: ChatItem, option: string): { id: string } | undefined {
  return body.type === 'template' ? body.buttons.find((button) => button.label === option || button.id === option) : undefined;
}

type Spoken = Exclude<CitizenAct, { type: 'tap' | 'wait' | 'wait_until' | 'answer' }>;

function messageOf({ stage }: Actor, act: Spoken, captured: Scene['captured']): CitizenMessage {
  const { numberId } = stage;
  switch (act.type) {
    case 'text':
      return { numberId, type: 'text', text: fillCaptured(act.text, captured) };
    case 'location':
      return { numberId, ...act };
    case 'photo':
      return {
        numberId,
        type: 'media',
        media: 'image',
        mediaId: stage.control.addMedia(SAMPLES.photo).mediaId,
        ...(act.caption && { caption: act.caption }),
      };
    case 'document':
      return {
        numberId,
        type: 'media',
        media: 'document',
        mediaId: stage.control.addMedia(SAMPLES.document).mediaId,
        fileName: act.fileName ?? 'sample.pdf',
      };
    case 'voice':
      return { numberId, type: 'media', media: 'voice', mediaId: stage.control.addMedia(SAMPLES.voice).mediaId };
    case 'sticker':
      return { numberId, type: 'media', media: 'sticker', mediaId: stage.control.addMedia(SAMPLES.sticker).mediaId };
  }
}

/** Messages that arrived after `seq`. */
export function arrivedAfter({ stage, citizenId }: Actor, seq: number): OutboundMessage[] {
  const items = stage.control.messages(citizenId, { after: seq }).filter((item) => item.from === 'business');
  return readBubbles(stage.control, items);
}

/** The newest change that the citizen's phone has seen. */
export function latestSeq({ stage, citizenId }: Actor): number {
  return Math.max(0, ...stage.control.messages(citizenId).map((item) => item.seq));
}
