/**
 * The contract of providers of speech and language. An adapter builds requests and reads responses; it never calls. A task may
 * take several requests, one after the other (Bhashini is first asked where to ask), so a task is an exchange: a request, and what
 * its response leads to.
 */
import type { HttpRequest, HttpResponse, Json } from '@hazir/core';

/** What each task is given and gives back. Languages are BCP-47 tags as Hazir writes them: hi, ta, ur. */
export interface ProviderTasks {
  transcribe: { asked: TranscribeAsked; answer: Transcript };
  speak: { asked: { text: string; language: string }; answer: { bytes: Uint8Array; mimeType: string } };
  translate: { asked: { text: string; from: string; to: string }; answer: { text: string } };
  chat: { asked: ChatAsked; answer: ChatAnswer };
}

export type ProviderTask = keyof ProviderTasks;

export interface TranscribeAsked {
  bytes: Uint8Array;
  mimeType: string;
  seconds: number;
  /** The citizen's, where it is known. */
  language?: string;
  /** Likeliest first, at least one. */
  languages: readonly string[];
}

export interface Transcript {
  text: string;
  /** 0 to 1, where the provider says it. */
  confidence?: number;
}

export interface ChatAsked {
  messages: readonly { role: 'system' | 'user'; content: string }[];
  /** What the answer must look like. */
  schema: { name: string; schema: { [key: string]: Json } };
  mostTokens: number;
}

export interface ChatAnswer {
  text: string;
  tokens: number;
}

/** How a provider is reached. */
export interface ProviderAccount {
  /** Address of its API, without a slash at its end. */
  url: string;
  /** Absent where none is needed (a server of one's own). */
  key?: string;
  user?: string;
  /** By task; the adapter's own default where one is missing. */
  models: Partial<Record<ProviderTask, string>>;
}

/** What an adapter wants to know again the next time, within this process. */
export interface ProviderMemory {
  get: (key: string) => Json | undefined;
  set: (key: string, value: Json, forMs: number) => void;
  forget: (key: string) => void;
}

/** A request, and what its response leads to: a further request, an answer, or a failure. Reading never throws. */
export interface Exchange<Answer> {
  request: HttpRequest;
  read: (response: HttpResponse) => Step<Answer>;
}

export type Step<Answer> = { next: Exchange<Answer> } | { answer: Answer } | { failure: ProviderFailure };

export interface ProviderFailure {
  code: 'provider:refused' | 'provider:key' | 'provider:busy' | 'provider:answer' | 'provider:language';
  /** A second try, or another provider, may do better soon. */
  again: boolean;
}

/** What audio a provider takes. */
export interface AudioAccepted {
  mimeTypes: readonly string[];
  seconds: number;
  bytes: number;
}

export interface ProviderAdapter {
  /** For example "sarvam". */
  type: string;
  /** Its public address; absent: only a server of one's own. */
  defaultUrl?: string;
  /** Whether it needs a key and a user. */
  needs: { key: boolean; user: boolean };
  audio?: AudioAccepted;
  tasks: { [Task in ProviderTask]?: Begin<Task> };
}

export type Begin<Task extends ProviderTask> = (
  asked: ProviderTasks[Task]['asked'],
  account: ProviderAccount,
  memory: ProviderMemory,
) => Step<ProviderTasks[Task]['answer']>;
