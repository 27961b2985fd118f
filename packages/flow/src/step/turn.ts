/**
 * One step while it runs: the draft of the next session, the messages and events so far, and what nodes may read. It
 * lives for one step only; nothing of it is kept but the session and the events.
 */
import {
  type ErrorCode,
  HazirError,
  type InboundContent,
  type InboundMedia,
  type Json,
  type JsonObject,
  type OutboundContent,
  type OutboundMessage,
} from '@hazir/core';
import type { EngineEvent, Frame, Input, Session, StepContext } from '../contract.ts';
import type { Expression, Lookup } from '../expressions/expression.ts';
import { MOST_INPUT_LENGTH, MOST_VALUES_LENGTH } from '../limits.ts';
import type { PlatformText } from '../locales/locale.ts';
import { sentThing } from '../nodes/ask/kinds.ts';
import type { CompiledFlow, CompiledNode } from '../nodes/node-type.ts';
import type { CompiledPack } from '../pack/compiled.ts';
import { type LocalizedText, messageIn } from '../texts/localized.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';

export interface Turn {
  readonly pack: CompiledPack;
  readonly context: StepContext;
  readonly input: Input;
  readonly session: Session;
  readonly events: EngineEvent[];
  readonly outgoing: Outgoing;
  /** Language of the conversation, as of now. */
  language: () => string;
  frame: () => Frame;
  flow: () => CompiledFlow;
  node: () => CompiledNode;
  emit: (event: EngineEvent) => void;
  post: (content: OutboundContent, fallback?: OutboundMessage['fallback']) => void;
  text: (text: LocalizedText, values?: { [name: string]: Json }) => string;
  platform: (name: PlatformText, values?: { [name: string]: Json }) => string;
  evaluate: (expression: Expression, item?: Json) => Json;
  evaluateAll: (expressions: readonly [string, Expression][], item?: Json) => { [name: string]: Json };
  /** Throws HazirError `flow:values-large` when the session would grow beyond its limit. */
  save: (name: string | undefined, value: Json) => void;
  rename: (name: string) => void;
  /** From here on `input.text` is what the citizen wrote before, of which this input only says "yes, that". */
  recall: (text: string) => void;
}

/** Begins a step. The session is a draft that the step owns: the caller's is not touched. */
export function createTurn(
  pack: CompiledPack,
  session: Session,
  { input, context }: { input: Input; context: StepContext },
): Turn {
  const events: EngineEvent[] = [];
  let name = context.contact.name;
  let recalled: string | undefined;
  const language = (): string => knownLanguage(pack, session.language ?? context.contact.language);
  const say = (text: LocalizedText, values: { [name: string]: Json } = {}): string =>
    messageIn(text, language(), pack.defaultLanguage)?.format(values) ?? '';
  const platform = (key: PlatformText, values: { [name: string]: Json } = {}): string => {
    const text = pack.platform.get(key);
    return text === undefined ? '' : say(text, values);
  };
  const outgoing = createOutgoing(context.capabilities, session.held ?? [], () => platform('choose_below'));
  delete session.held;
  const frame = (): Frame => topFrame(session);
  const lookup: Lookup = (asked) => {
    if (Object.hasOwn(frame().values, asked)) return frame().values[asked];
    return readAmbient(asked, { pack, context, input, language: language(), name, session, recalled });
  };
  const evaluate = (expression: Expression, item?: Json): Json =>
    expression.evaluate(item === undefined ? lookup : (asked) => (asked === 'item' ? item : lookup(asked)));
  return {
    pack,
    context,
    input,
    session,
    events,
    outgoing,
    language,
    frame,
    flow: () => flowOf(pack, frame()),
    node: () => nodeOf(pack, frame()),
    emit: (event) => events.push(event),
    post: (content, fallback) => outgoing.add(fallback === undefined ? { content } : { content, fallback }, placeOf(session)),
    text: say,
    platform,
    evaluate,
    evaluateAll: (expressions, item) => Object.fromEntries(expressions.map(([key, each]) => [key, evaluate(each, item)])),
    save: (saved, value) => saveValue(frame(), saved, value),
    rename(changed) {
      name = changed;
      events.push({ type: 'name_changed', name: changed });
    },
    recall(text) {
      recalled = text;
    },
  };
}

/** The innermost frame. Throws HazirError `flow:no-frame`, which only a broken session can cause. */
export function topFrame(session: Session): Frame {
  const frame = session.stack.at(-1);
  if (frame === undefined) throw new HazirError('flow:no-frame', 'The session has no frame');
  return frame;
}

/** The photo, voice message, document or place that the input is. */
export function sentIn({ pack, context, input }: Pick<Turn, 'pack' | 'context' | 'input'>): ReturnType<typeof sentThing> {
  if (input.type !== 'message') return undefined;
  const { timeZone, languages } = pack;
  return sentThing(input.content, { messageId: input.messageId, now: context.now, timeZone, languages });
}

/** The voice message in which a text was said, with the text as its caption. */
export function spokenIn(input: Input): InboundMedia | undefined {
  if (input.type !== 'message' || input.spoken === undefined || input.content.type !== 'text') return undefined;
  return { ...input.spoken, caption: input.content.text };
}

/** Where events of a turn belong: the innermost frame, or nowhere when the conversation is at rest. */
export function placeOf(session: Session): { flow: string; node: string } {
  const frame = session.stack.at(-1);
  return { flow: frame?.flow ?? '', node: frame?.node ?? '' };
}

/** Finds a frame's flow. Throws HazirError `flow:missing-flow`. */
export function flowOf(pack: CompiledPack, frame: Frame): CompiledFlow {
  return pack.flows.get(frame.flow) ?? fail('flow:missing-flow', `No flow "${frame.flow}"`);
}

function nodeOf(pack: CompiledPack, frame: Frame): CompiledNode {
  return flowOf(pack, frame).nodes.get(frame.node) ?? fail('flow:missing-node', `No node "${frame.node}" in "${frame.flow}"`);
}

function fail(code: ErrorCode, message: string): never {
  throw new HazirError(code, message);
}

function knownLanguage(pack: CompiledPack, language: string | undefined): string {
  return language !== undefined && pack.languages.includes(language) ? language : pack.defaultLanguage;
}

function saveValue(frame: Frame, name: string | undefined, value: Json): void {
  if (name === undefined) return;
  const values = { ...frame.values, [name]: value };
  if (JSON.stringify(values).length > MOST_VALUES_LENGTH) {
    throw new HazirError('flow:values-large', `Saving "${name}" makes the conversation larger than it may be`);
  }
  frame.values = values;
}

interface Ambient {
  pack: CompiledPack;
  context: StepContext;
  input: Input;
  language: string;
  name: string | undefined;
  session: Session;
  recalled: string | undefined;
}

function readAmbient(asked: string, { pack, context, input, language, name, session, recalled }: Ambient): Json | undefined {
  if (asked === 'now') return context.now;
  if (asked === 'language') return language;
  if (asked === 'settings') return pack.settings;
  if (asked === 'voiceNotes') return session.voiceNotes ?? [];
  if (asked === 'input' && recalled !== undefined) return { type: 'text', text: recalled };
  if (asked === 'input') return { ...inputView(input), ...sentOf({ pack, context, input }) };
  if (asked !== 'contact') return undefined;
  const { id, phone } = context.contact;
  return { id, language, ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
}

/** The file of the input, by its kind: what `input.photo` reads. */
function sentOf(about: Pick<Turn, 'pack' | 'context' | 'input'>): JsonObject {
  const spoken = spokenIn(about.input);
  const { pack, context, input } = about;
  const voice = spoken === undefined || input.type !== 'message' ? input : { ...input, content: spoken };
  const file = sentIn({ pack, context, input: voice });
  return file === undefined ? {} : { [file.kind]: file.value };
}

function inputView(input: Input): JsonObject {
  if (input.type !== 'message') return { type: input.type, text: '' };
  return { type: input.content.type, text: textOf(input.content) ?? '' };
}

/** What a citizen wrote: a text, a caption, or the label of what was tapped; cut at the engine's limit. */
export function textOf(content: InboundContent): string | undefined {
  if (content.type === 'text') return content.text.slice(0, MOST_INPUT_LENGTH).toWellFormed();
  if (content.type === 'choice') return content.label.slice(0, MOST_INPUT_LENGTH).toWellFormed();
  if (content.type === 'media') return content.caption?.slice(0, MOST_INPUT_LENGTH).toWellFormed();
  return undefined;
}
