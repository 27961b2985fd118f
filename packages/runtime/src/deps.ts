/** What the runtime is given by the composition root; it imports no channel and no service. */
import type { CallRequest, CallResult, ChannelAdapter } from '@hazir/core';
import type { CompiledPack, Step, StepContext } from '@hazir/flow';
import type { Channel, Database, Operation, Tx } from '@hazir/store';
import type { Log } from './log.ts';
import type { Meter } from './metrics.ts';
import type { SystemBook } from './systems/system.ts';

export type OutsideCall = Extract<CallRequest, { kind: 'http' }>;

export interface LoadedPack {
  pack: CompiledPack;
  operations: ReadonlyMap<string, Operation>;
  /** By the name of the service, what makes the files that its operations promise. */
  makers: ReadonlyMap<string, FileMaker>;
}

/** Makes a citizen's file when it is sent. Throws a HazirError for what is not to be sent any more. */
export type FileMaker = (
  tx: Tx,
  wanted: { organizationId: number; contactId: string; id: string; now: Date },
) => Promise<{ bytes: Uint8Array; mimeType: string }>;

/** The numbers, kept in memory and read again when an unknown one appears. */
export interface ChannelBook {
  byAccount: (channelType: string, accountId: string) => Channel | undefined;
  byId: (id: number) => Channel | undefined;
  all: () => readonly Channel[];
  reload: () => Promise<void>;
}

/** The packs of each organization, every version that a conversation stands on. */
export interface PackBook {
  current: (organizationId: number, pack: string) => LoadedPack | undefined;
  byVersion: (organizationId: number, pack: string, version: string) => LoadedPack | undefined;
  /** Makes an older version available to `byVersion`; does nothing when it was never published. */
  load: (organizationId: number, pack: string, version: string) => Promise<void>;
}

/** Contents by SHA-256. */
export interface FileStore {
  put: (bytes: Uint8Array) => Promise<{ hash: string; bytes: number }>;
  get: (hash: string) => Promise<Uint8Array | undefined>;
  /** Does nothing when it is not there. */
  remove: (hash: string) => Promise<void>;
  /** Looks for what may do harm, before anything is put; absent: nobody looks. Throws when it cannot tell. */
  scan?: (bytes: Uint8Array) => Promise<'clean' | 'infected'>;
}

/** Providers of speech and language, as the runtime sees them. No method throws. */
export interface ProviderDesk {
  /** What an organization's providers are asked; undefined: it has none. */
  offered: (organizationId: number) => StepContext['providers'] | undefined;
  /** `{ text, confidence? }` of a voice message. */
  transcribe: (organizationId: number, voice: VoiceAsked) => Promise<CallResult>;
  /** `{ id }` of the candidate that is meant; empty: none. */
  choose: (organizationId: number, choice: Extract<CallRequest, { kind: 'choose' }>) => Promise<CallResult>;
  /** `{ text }` that says nothing but what the approved text says. */
  rephrase: (organizationId: number, asked: Extract<CallRequest, { kind: 'rephrase' }>) => Promise<CallResult>;
}

export interface VoiceAsked {
  messageId: string;
  bytes: Uint8Array;
  mimeType: string;
  /** The citizen's, where it is known. */
  language?: string;
  /** Likeliest first. */
  languages: readonly string[];
}

export interface RuntimeSettings {
  /** How long a message whose fate is unknown waits for a status before it is sent again. Default 60,000. */
  inDoubtMs: number;
  /** Attempts of a message that fails in transit. Default 8. */
  sendAttempts: number;
  /** Attempts of a turn before its message is set aside. Default 3. */
  turnAttempts: number;
  /** Time-out of one request to a provider. Default 15,000. */
  requestMs: number;
  /** Most bytes of a citizen's file. Default 25 MB. */
  fileBytes: number;
}

export const DEFAULT_SETTINGS: RuntimeSettings = {
  inDoubtMs: 60_000,
  sendAttempts: 8,
  turnAttempts: 3,
  requestMs: 15_000,
  fileBytes: 25_000_000,
};

/** What a process does: take webhooks in, work numbers, or both. */
export type Role = 'web' | 'worker' | 'both';

export interface RuntimeDeps {
  role: Role;
  database: Database;
  channels: ChannelBook;
  packs: PackBook;
  adapters: ReadonlyMap<string, ChannelAdapter>;
  step: Step;
  /** Tells what free text means; absent: only exact phrases open a flow. */
  understand?: StepContext['understand'];
  /** Tells whether words name a place; absent: none does. */
  named?: StepContext['named'];
  /** Answers calls to the outside instead of the network (recorded answers in tests). */
  outside?: (call: OutsideCall) => CallResult | undefined;
  /** Where other systems are and how they are asked; absent: over https, as packs say. */
  systems?: SystemBook;
  /** Absent: no organization has a provider. */
  providers?: ProviderDesk;
  files: FileStore;
  log: Log;
  /** Counts and times what happens; absent: nobody does. */
  meter?: Meter;
  /** Milliseconds since 1970. */
  now: () => number;
  settings: RuntimeSettings;
}
