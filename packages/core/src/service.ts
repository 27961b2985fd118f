/** What a citizen service offers to flows: named operations with typed input and output. */
import type { Json, JsonObject } from './json.ts';

/** JSON Schema (draft 2020-12), the subset that Zod emits. Flows are type-checked against it. */
export type JsonSchema = { [key: string]: Json };

export interface OperationSignature {
  /** For example "directory.areasAt". */
  name: string;
  input: JsonSchema;
  output: JsonSchema;
  /** One sentence for the flow builder. */
  summary: string;
}

/** The error of a call, as a flow sees it: a flow may branch on the code. */
export interface CallError {
  code: string;
  message: string;
}

export type CallResult = { ok: true; value: Json } | { ok: false; error: CallError };

/** The citizen on whose behalf a call is made. */
export interface CallSubject {
  organizationId: number;
  contactId: string;
  conversationId: string;
  language: string;
  name?: string;
  phone?: string;
}

/** A call to one of our services, to another system, or to a provider of speech or language. */
export type CallRequest =
  | { id: string; kind: 'service'; operation: string; input: JsonObject }
  | {
      id: string;
      kind: 'http';
      method: 'GET' | 'POST';
      url: string;
      headers: Record<string, string>;
      body?: Json;
      timeoutMs: number;
    }
  /** What a citizen's voice message says. */
  | {
      id: string;
      kind: 'transcribe';
      messageId: string;
      mediaId: string;
      /** BCP-47; absent while the citizen has not chosen one. */
      language?: string;
      /** Of the pack, likeliest first. */
      languages: string[];
    }
  /** Which of a few candidates a message means, by an outside model: it may answer one of their ids or none. */
  | { id: string; kind: 'choose'; text: string; language: string; candidates: { id: string; title: string }[] }
  /** An approved text in other words, in answer to a question, by an outside model. */
  | { id: string; kind: 'rephrase'; question: string; text: string; language: string };
