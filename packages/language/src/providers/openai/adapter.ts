/** Any server that speaks OpenAI's HTTP: transcription and chat. Many can be run on a machine of one's own. */
import { isJsonObject, type Json, listProperty, numberProperty, property, textProperty } from '@hazir/core';
import type { ProviderAccount, ProviderAdapter, Transcript } from '../contract.ts';
import { readJson } from '../responses.ts';

export const openai: ProviderAdapter = {
  type: 'openai',
  needs: { key: false, user: false },
  audio: { mimeTypes: ['audio/ogg', 'audio/wav', 'audio/mpeg', 'audio/mp4'], seconds: 120, bytes: 20_000_000 },
  tasks: {
    transcribe: ({ bytes, mimeType, language }, account) => ({
      next: {
        request: {
          method: 'POST',
          url: `${account.url}/v1/audio/transcriptions`,
          headers: authorization(account),
          body: [
            { field: 'file', value: { bytes, mimeType, fileName: mimeType === 'audio/wav' ? 'voice.wav' : 'voice.ogg' } },
            { field: 'model', value: account.models.transcribe ?? 'whisper-1' },
            { field: 'response_format', value: 'verbose_json' },
            { field: 'temperature', value: '0' },
            ...(language === undefined ? [] : [{ field: 'language', value: language }]),
          ],
        },
        read: (response) => readJson(response, transcriptOf),
      },
    }),
    chat: ({ messages, schema, mostTokens }, account) => ({
      next: {
        request: {
          method: 'POST',
          url: `${account.url}/v1/chat/completions`,
          headers: { ...authorization(account), 'content-type': 'application/json' },
          body: JSON.stringify({
            model: account.models.chat ?? 'default',
            messages,
            temperature: 0,
            max_tokens: mostTokens,
            response_format: { type: 'json_schema', json_schema: { ...schema, strict: true } },
          }),
        },
        read: (response) =>
          readJson(response, (body) => {
            const text = textProperty(property(listProperty(body, 'choices')[0], 'message'), 'content');
            const tokens = numberProperty(property(body, 'usage'), 'total_tokens') ?? 0;
            return text === undefined ? undefined : { text, tokens };
          }),
      },
    }),
  },
};

function authorization({ key }: ProviderAccount): Record<string, string> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` };
}

/** The mean log probability of Whisper's segments, as a probability. */
function transcriptOf(body: Json): Transcript | undefined {
  if (!isJsonObject(body) || typeof body.text !== 'string') return undefined;
  const segments = listProperty(body, 'segments').flatMap((segment) => numberProperty(segment, 'avg_logprob') ?? []);
  const mean = segments.reduce((sum, each) => sum + each, 0) / segments.length;
  return { text: body.text.trim(), ...(segments.length > 0 && { confidence: Math.min(1, Math.exp(mean)) }) };
}
