/** Sarvam AI (docs.sarvam.ai): speech to text of up to 30 seconds, text to speech, translation; twenty-two Indian languages. */
import { listProperty, numberProperty, textProperty } from '@hazir/core';
import type { ProviderAccount, ProviderAdapter } from '../contract.ts';
import { fromBase64, readJson } from '../responses.ts';

export const sarvam: ProviderAdapter = {
  type: 'sarvam',
  defaultUrl: 'https://api.sarvam.ai',
  needs: { key: true, user: false },
  audio: { mimeTypes: ['audio/ogg', 'audio/wav', 'audio/mpeg', 'audio/aac', 'audio/mp4'], seconds: 30, bytes: 10_000_000 },
  tasks: {
    transcribe: ({ bytes, mimeType, language }, account) => ({
      next: {
        request: {
          method: 'POST',
          url: `${account.url}/speech-to-text`,
          headers: authorization(account),
          body: [
            { field: 'file', value: { bytes, mimeType, fileName: mimeType === 'audio/wav' ? 'voice.wav' : 'voice.ogg' } },
            { field: 'model', value: account.models.transcribe ?? 'saaras:v3' },
            { field: 'mode', value: 'transcribe' },
            { field: 'language_code', value: language === undefined ? 'unknown' : tagOf(language) },
          ],
        },
        read: (response) =>
          readJson(response, (body) => {
            const confidence = numberProperty(body, 'confidence');
            const text = textProperty(body, 'transcript') ?? '';
            return { text, ...(confidence !== undefined && { confidence }) };
          }),
      },
    }),
    speak: ({ text, language }, account) => ({
      next: {
        request: json(account, '/text-to-speech', {
          text,
          target_language_code: tagOf(language),
          model: account.models.speak ?? 'bulbul:v3',
          output_audio_codec: 'wav',
        }),
        read: (response) =>
          readJson(response, (body) => {
            const [audio] = listProperty(body, 'audios');
            const bytes = typeof audio === 'string' ? fromBase64(audio) : undefined;
            return bytes === undefined ? undefined : { bytes, mimeType: 'audio/wav' };
          }),
      },
    }),
    translate: ({ text, from, to }, account) => ({
      next: {
        request: json(account, '/translate', {
          input: text,
          source_language_code: tagOf(from),
          target_language_code: tagOf(to),
          model: account.models.translate ?? 'sarvam-translate:v1',
        }),
        read: (response) =>
          readJson(response, (body) => {
            const translated = textProperty(body, 'translated_text');
            return translated === undefined ? undefined : { text: translated };
          }),
      },
    }),
  },
};

/** Odia has a code of its own there. */
function tagOf(language: string): string {
  return language === 'or' ? 'od-IN' : `${language}-IN`;
}

function authorization({ key }: ProviderAccount): Record<string, string> {
  return key === undefined ? {} : { 'api-subscription-key': key };
}

function json(account: ProviderAccount, path: string, body: object) {
  const headers = { ...authorization(account), 'content-type': 'application/json' };
  return { method: 'POST' as const, url: `${account.url}${path}`, headers, body: JSON.stringify(body) };
}
