/**
 * Voice messages and what providers say about messages. A provider is asked as another system is: the step ends with a call,
 * and the answer comes as a later input. Then the message is taken again: a voice message as its words, words with the
 * candidate that was chosen. Without an answer the message is taken as if there were no provider; it is never lost.
 */
import {
  type CallResult,
  clip,
  type InboundContent,
  type InboundMedia,
  isJsonObject,
  numberProperty,
  textProperty,
} from '@hazir/core';
import { normalize } from '@hazir/language';
import type { EngineEvent, Input, Pending, Session, StepContext, Understanding } from '../contract.ts';
import { SAYS_NO, SAYS_YES } from '../locales/words.ts';
import { sentThing } from '../nodes/ask/kinds.ts';
import { choiceId, parseChoiceId } from './choice-id.ts';
import type { Stop } from './run.ts';
import type { Turn } from './turn.ts';

export type MessageInput = Extract<Input, { type: 'message' }>;

/** After this the citizen is told that it takes longer. */
const SLOW_AFTER_MS = 4_000;
/** Below it the citizen is asked whether the words are right; a provider that tells none is believed. */
const SURE = 0.7;
const MOST_NOTES = 5;
const SHOWN_WORDS = 600;
const PLACE = { flow: '=heard', node: 'ask' } as const;

/** True for what a citizen has said aloud. */
function isVoice(content: InboundContent): content is InboundMedia {
  return content.type === 'media' && (content.media === 'voice' || content.media === 'audio');
}

/** Asks what a voice message says; undefined where the message is none, or nobody can be asked now. */
export function askWords(turn: Turn): Stop | undefined {
  const { session, context, input, pack } = turn;
  if (input.type !== 'message' || input.again === true || !isVoice(input.content)) return undefined;
  if (context.providers?.transcribe !== true || session.waiting?.for === 'call') return undefined;
  const { content, messageId } = input;
  const language = session.language ?? context.contact.language;
  const languages = [...new Set([turn.language(), ...pack.languages])];
  const call = {
    ...{ id: context.newId(), kind: 'transcribe' as const, messageId, mediaId: content.mediaId, languages },
    ...(language !== undefined && { language }),
  };
  hold(turn, call.id, { kind: 'voice', content, messageId, ...(session.waiting && { before: session.waiting }) });
  return { type: 'calling', call };
}

/** Asks which of the offered flows a message means; undefined where nobody can be asked. */
export function askMeaning(turn: Turn, text: string, understood: Understanding): Stop | undefined {
  const { context, input, session, pack } = turn;
  if (!('offer' in understood) || input.type !== 'message' || input.again === true) return undefined;
  if (context.providers?.choose !== true) return undefined;
  const candidates = understood.offer.flatMap((id) => {
    const title = pack.flows.get(id)?.title;
    return title === undefined ? [] : [{ id, title: turn.text(title) }];
  });
  if (candidates.length === 0) return undefined;
  const call = { id: context.newId(), kind: 'choose' as const, text, language: turn.language(), candidates };
  const ids = candidates.map(({ id }) => id);
  const about = { text, candidates: ids, messageId: input.messageId, ...(input.spoken && { spoken: input.spoken }) };
  hold(turn, call.id, { kind: 'choice', ...about, ...(session.waiting && { before: session.waiting }) });
  return { type: 'calling', call };
}

function hold({ session, context }: Turn, callId: string, about: Pending): void {
  session.waiting = { for: 'call', callId, until: context.now + SLOW_AFTER_MS, about };
}

/** What an answer about a message leads to: the message again, or the question whether the words are right. */
export type Resumed =
  | { type: 'again'; session: Session; input: MessageInput; context: StepContext; events: EngineEvent[] }
  | { type: 'confirm'; session: Session; heard: NonNullable<Session['heard']> };

/** Reads the answer of a provider; undefined when the call was not about a message. */
export function resume(session: Session, input: Input, context: StepContext): Resumed | undefined {
  const { waiting, ...rest } = session;
  if (input.type !== 'answer' || waiting?.for !== 'call' || waiting.about === undefined) return undefined;
  const { about } = waiting;
  const resumed: Session = { ...rest, ...(about.before && { waiting: about.before }) };
  return about.kind === 'voice'
    ? resumeVoice(resumed, about, { result: input.result, context })
    : { type: 'again', session: resumed, ...withCandidate(about, input.result, context) };
}

function resumeVoice(
  session: Session,
  { content, messageId }: Extract<Pending, { kind: 'voice' }>,
  { result, context }: { result: CallResult; context: StepContext },
): Resumed {
  const text = result.ok ? textProperty(result.value, 'text')?.trim() : undefined;
  if (text === undefined || text === '')
    return { type: 'again', session, context, events: [], input: { type: 'message', content, messageId, again: true } };
  const confidence = result.ok ? numberProperty(result.value, 'confidence') : undefined;
  if (confidence !== undefined && confidence < SURE) return { type: 'confirm', session, heard: { text, content, messageId } };
  return { type: 'again', session, context, events: [], input: saidAs({ text, content, messageId }) };
}

/** The message again, decided: the chosen flow opens, or the citizen is asked as without a provider. */
function withCandidate(
  { text, messageId, spoken, candidates }: Extract<Pending, { kind: 'choice' }>,
  result: CallResult,
  context: StepContext,
): { input: MessageInput; context: StepContext; events: EngineEvent[] } {
  const named = result.ok ? textProperty(result.value, 'id') : undefined;
  const chosen = candidates.find((id) => id === named);
  const input: MessageInput = { type: 'message', content: { type: 'text', text }, messageId, again: true };
  const understand: StepContext['understand'] = (said, about) => {
    const understood = context.understand?.(said, about);
    const offered = understood?.meaning !== undefined && 'offer' in understood.meaning;
    return chosen !== undefined && offered ? { ...understood, meaning: { flow: chosen } } : understood;
  };
  const events: EngineEvent[] = [{ type: 'candidate_chosen', candidates, chosen: chosen ?? '' }];
  return { input: { ...input, ...(spoken && { spoken }) }, context: { ...context, understand }, events };
}

/** A transcript as the message that it stands for. */
export function saidAs({ text, content, messageId }: NonNullable<Session['heard']>): MessageInput {
  return { type: 'message', content: { type: 'text', text }, messageId, spoken: content };
}

/** Shows a transcript with "yes" and "correct it". Any other message is taken as the correction. */
export function askHeard(turn: Turn, heard: NonNullable<Session['heard']>): Stop {
  turn.session.heard = heard;
  turn.emit({ type: 'voice_taken', outcome: 'asked', reason: 'confidence' });
  const text = turn.platform('heard', { text: clip(heard.text, SHOWN_WORDS) });
  const choices = ANSWERS.map(([option, label]) => ({ id: choiceId({ ...PLACE, option }), label: turn.platform(label) }));
  if (turn.context.capabilities.buttons.most >= choices.length) turn.post({ type: 'choice', text, choices });
  else turn.post({ type: 'text', text: [text, choices.map(({ label }) => `• ${label}`).join('\n')].join('\n\n') });
  return { type: 'waiting' };
}

const ANSWERS = [
  ['yes', 'heard_yes'],
  ['fix', 'heard_fix'],
] as const;

/** What a citizen answered to it; undefined: something else. */
export function answerToHeard(turn: Turn, content: InboundContent): 'yes' | 'fix' | undefined {
  if (content.type === 'choice') {
    const place = parseChoiceId(content.id);
    return place?.flow === PLACE.flow ? ANSWERS.find(([option]) => option === place.option)?.[0] : undefined;
  }
  if (content.type !== 'text') return undefined;
  const said = normalize(content.text);
  const label = ANSWERS.find(([, name]) => normalize(turn.platform(name)) === said)?.[0];
  if (label !== undefined) return label;
  if (SAYS_YES.has(said)) return 'yes';
  return SAYS_NO.has(said) ? 'fix' : undefined;
}

/** Says what was understood, above whatever follows. */
export function echoWords(turn: Turn): void {
  const { input } = turn;
  if (input.type !== 'message' || input.spoken === undefined || input.again === true || input.content.type !== 'text') return;
  turn.emit({ type: 'voice_taken', outcome: 'taken', reason: '' });
  turn.post({ type: 'text', text: `🎤 “${clip(input.content.text, SHOWN_WORDS)}”` });
}

/** Keeps a voice message that nothing here understands, for whoever works on what the citizen sends next. True when it was one. */
export function keepNote(turn: Turn): boolean {
  const { input, session, pack, context } = turn;
  if (input.type !== 'message' || !isVoice(input.content)) return false;
  const { timeZone, languages } = pack;
  const note = sentThing(input.content, { messageId: input.messageId, now: context.now, timeZone, languages })?.value;
  if (!isJsonObject(note)) return false;
  session.voiceNotes = [...(session.voiceNotes ?? []), note].slice(-MOST_NOTES);
  turn.emit({ type: 'voice_taken', outcome: 'kept', reason: reasonKept(turn, input) });
  return true;
}

function reasonKept({ context }: Turn, { again }: MessageInput): string {
  if (again === true) return 'not_understood';
  return context.providers?.transcribe === true ? 'busy' : 'no_provider';
}
