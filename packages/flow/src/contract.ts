/**
 * The engine's contract. A step is a pure function: session and input in, next session and events out. It reads no
 * clock, makes no id of its own, awaits nothing. A transcript replays to the same events.
 */
import type {
  CallRequest,
  CallResult,
  ChannelCapabilities,
  ErrorCode,
  InboundContent,
  InboundMedia,
  Json,
  JsonObject,
  OutboundMessage,
} from '@hazir/core';
import type { PlatformText } from './locales/locale.ts';
import type { CompiledPack } from './pack/compiled.ts';

/** One citizen's place in a flow: the whole execution state, one small JSON document (aim below 1 KB). */
export interface Session {
  /** The pack version that this session runs on until it ends. */
  version: string;
  /** Innermost last: a sub-flow returns to the frame before it. */
  stack: Frame[];
  /** What the session waits for; absent when it has ended. */
  waiting?: Waiting;
  /** Consecutive inputs that were not understood. */
  misses: number;
  /** Page of the list on show, from 0; absent on the first. Options are computed again from values, so "2" or a label finds its option. */
  page?: number;
  /** Nodes that waited, as `flow/node`, oldest first: where "back" goes. */
  trail?: string[];
  /** Chosen in this session; wins over the contact's until the event that says so has been applied. */
  language?: string;
  /** Languages that were offered already: nobody is asked twice. */
  offered?: string[];
  /** Messages decided before a call to one of our services: they join the bubble that follows its answer. */
  held?: { message: OutboundMessage; flow: string; node: string }[];
  /** A transcript that the citizen is asked about. */
  heard?: { text: string; content: InboundMedia; messageId: string };
  /** Voice messages that nobody has understood, as "ask" would save them: for whoever works on what is sent next. */
  voiceNotes?: JsonObject[];
  startedAt: number;
  lastInputAt: number;
}

export interface Frame {
  flow: string;
  /** Name of the node that runs or waits. */
  node: string;
  /** Values saved by the flow's nodes. */
  values: { [name: string]: Json };
  /** The first frame of an interlude: when it ends, the frame below asks its question again instead of going on. */
  asksAgain?: true;
  /** What the citizen wrote before it could be asked for, without what was used of it: a question that listens takes it from here. */
  heard?: Heard;
}

/** Words of a citizen, and when they came (milliseconds since 1970): "yesterday" is counted from there. */
export interface Heard {
  text: string;
  at: number;
}

/**
 * What happens to a message that comes while an outside call runs, where it does not just wait for the answer: it is looked at at
 * once (an emergency, a command or a button works, everything else is asked for patience), or it gives the call up.
 */
export type Meanwhile = 'interrupt' | 'cancel';

export type Waiting =
  /** `until`: a timer input is due then. */
  | { for: 'input'; until?: number }
  | {
      for: 'call';
      callId: string;
      meanwhile?: Meanwhile;
      /** The citizen is told then that it takes longer. */
      until?: number;
      /** The call is about a message, not of a node: the message is taken again with the answer. */
      about?: Pending;
    }
  | { for: 'timer'; until: number };

/** A message that a provider was asked about; `before` is what was waited for when it came. */
export type Pending = { messageId: string; before?: Waiting } & (
  | { kind: 'voice'; content: InboundMedia }
  | { kind: 'choice'; text: string; candidates: string[]; spoken?: InboundMedia }
);

/** Stored by us (SHA-256). */
export interface RelayedFile {
  hash: string;
  mimeType: string;
  fileName: string;
  media: 'image' | 'document' | 'audio' | 'video';
}

export type Input =
  /** `spoken`: the text was said in this voice message. `again`: it was taken before, and its call is answered now. */
  | { type: 'message'; content: InboundContent; messageId: string; spoken?: InboundMedia; again?: true }
  /** The answer of a call that an earlier step asked for. */
  | { type: 'answer'; callId: string; result: CallResult }
  | { type: 'timer' }
  /** Opens a flow from outside (an officer, a broadcast, an alert): on top of an open question, in place of anything else. */
  | { type: 'start'; flow: string; values?: { [name: string]: Json } }
  /** Something of the platform's own to say beside the conversation, which stays where it is. */
  | { type: 'say'; text: PlatformText; values?: { [name: string]: Json } }
  /** Words of an officer to the citizen, or a file of theirs with them; `from` names the officer in the log. */
  | { type: 'relay'; words: string; from: string; file?: RelayedFile };

/** What is known of the citizen; expressions read it as `contact`. */
export interface ContactView {
  id: string;
  /** BCP-47; absent until chosen. */
  language?: string;
  name?: string;
  /** E.164 digits; may be absent (a citizen with a username only). */
  phone?: string;
  /** Asked for no more messages: "start" then means consent, not only a greeting. */
  optedOut?: boolean;
}

/**
 * What free text was understood to want: a flow, or one of a few that the citizen is asked about. `onlyAtRest`: in the middle of
 * something it is not even offered.
 */
export type Understanding = { flow: string; values?: { [name: string]: Json }; onlyAtRest?: true } | { offer: readonly string[] };

/** A decision about free text, with what speaks for it. */
export interface Understood {
  /** Absent: nothing is opened. */
  meaning?: Understanding;
  outcome: 'accept' | 'clarify' | 'fallback';
  /** Best first; the intents are flows. */
  candidates: readonly { intent: string; score: number }[];
}

export interface StepContext {
  /** The version that new sessions start on. */
  current: CompiledPack;
  /** A session's own version; undefined when it is gone (the session then restarts kindly). */
  packOf: (version: string) => CompiledPack | undefined;
  contact: ContactView;
  /** An officer talks with the citizen: the flows wait, but for danger, commands and what is tapped. */
  withPerson?: boolean;
  capabilities: ChannelCapabilities;
  /** Milliseconds since 1970. */
  now: number;
  /** Deterministic for the same input: the runtime derives it from the input's id. */
  newId: () => string;
  /** 0 <= n < 1. */
  random: () => number;
  /** What providers the organization has; absent: none. */
  providers?: { transcribe: boolean; choose: boolean; rephrase?: boolean };
  /** Asked about a text that is no phrase and no answer. A classifier plugs in here; undefined: it has no opinion (yet). */
  understand?: (text: string, about: { language: string; pack: CompiledPack; now: number }) => Understood | undefined;
  /** Asked whether words name a place, where a question takes names; `sure`: they are its name and little else; `said`: those that surely name it. */
  named?: (words: string, pack: CompiledPack) => { sure: boolean; said?: string } | undefined;
}

export interface StepResult {
  /** Undefined: the conversation is at rest; the next message starts at the pack's entry. */
  session: Session | undefined;
  events: EngineEvent[];
  /** The step stopped here and is resumed with an `answer` input. Service calls are answered inside the same transaction. */
  call?: CallRequest;
}

/** What is kept of a decision about free text, so that people can look at it later and label what was missed. */
export interface Decision {
  /** Where the citizen stood; empty at rest. */
  flow: string;
  node: string;
  /** Id of the message. */
  message: string;
  version: string;
  /** Language of the conversation. */
  language: string;
  /** The script of most of its letters, and how many words it has. */
  script: string;
  words: number;
  /** `phrase`: the pack's own words. */
  outcome: 'phrase' | Understood['outcome'];
  candidates: Understood['candidates'];
  did: 'opened' | 'offered' | 'switch_offered' | 'nothing';
}

/** What happened, in the past tense: the only output of the engine. */
export type EngineEvent =
  | { type: 'message_created'; message: OutboundMessage; flow: string; node: string }
  | { type: 'language_changed'; language: string }
  | { type: 'name_changed'; name: string }
  | { type: 'opted_out' }
  | { type: 'opted_in' }
  | {
      type: 'ticket_opened';
      topic: string;
      summary: string;
      values: { [name: string]: Json } /** 1: somebody is in danger. */;
      priority?: 1;
    }
  | { type: 'flow_started'; flow: string }
  | { type: 'flow_ended'; flow: string; exit: string }
  /** Nothing matched: counted, never silent. `kind` is the class of the input, never its text. */
  | { type: 'input_missed'; flow: string; node: string; kind: string; misses: number }
  /** A decision about free text was taken. Never the text itself. */
  | ({ type: 'text_understood' } & Decision)
  | { type: 'session_expired'; flow: string }
  /** What became of a voice message: its words were taken, asked about, confirmed or corrected, or it is kept for a person. */
  | { type: 'voice_taken'; outcome: 'taken' | 'asked' | 'confirmed' | 'corrected' | 'kept'; reason: string }
  /** What a provider said which of the candidates is meant; empty: none of them. */
  | { type: 'candidate_chosen'; candidates: string[]; chosen: string }
  /** An author's mistake or a failed call: data, not an exception. */
  | { type: 'error_raised'; code: ErrorCode; flow: string; node: string; detail: string };

export type Step = (session: Session | undefined, input: Input, context: StepContext) => StepResult;
