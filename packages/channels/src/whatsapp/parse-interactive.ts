/** Answers to interactive messages: taps on buttons and list rows, submitted forms, permission to call. */
import { type InboundContent, isJsonObject, type Json, type JsonObject, property, textProperty } from '@hazir/core';
import { firstText, parseJson, reasonOf } from './wire.ts';

/** Reads an `interactive` body; one without an inner object, or of a kind unknown to us, is unsupported. */
export function readInteractive(body: Json | undefined): InboundContent {
  const kind = interactiveKind(body);
  const inner = kind === undefined ? undefined : property(body, kind);
  if (kind === undefined || !isJsonObject(inner))
    return { type: 'unsupported', detail: reasonOf('interactive', kind ?? 'empty') };
  if (kind === 'button_reply') return readReply(inner, 'button');
  if (kind === 'list_reply') return readReply(inner, 'list');
  if (kind === 'nfm_reply') {
    return { type: 'form', name: textProperty(inner, 'name') ?? 'flow', values: readValues(property(inner, 'response_json')) };
  }
  if (kind === 'call_permission_reply') return { type: 'form', name: kind, values: inner };
  return { type: 'unsupported', detail: reasonOf('interactive', kind) };
}

const knownKinds = ['button_reply', 'list_reply', 'nfm_reply', 'call_permission_reply'] as const;

function interactiveKind(body: Json | undefined): string | undefined {
  return textProperty(body, 'type') ?? knownKinds.find((kind) => property(body, kind) !== undefined);
}

function readReply(reply: JsonObject, source: 'button' | 'list'): InboundContent {
  const id = firstText(reply, ['id', 'title']);
  if (id === undefined) return { type: 'unsupported', detail: `interactive:${source}` };
  return { type: 'choice', id, label: textProperty(reply, 'title') ?? id, source };
}

/** Meta sends the form's values as a text of JSON; what is not JSON is handed on as the text it is. */
function readValues(response: Json | undefined): Json {
  if (typeof response !== 'string') return response ?? {};
  return parseJson(response) ?? response;
}
