/** Google Speech-to-Text v1, `speech:recognize`: up to 60 seconds or 10 MB in one request. */
import { listProperty, numberProperty, textProperty } from '@hazir/core';
import type { ProviderAdapter } from '../contract.ts';
import { readJson, toBase64 } from '../responses.ts';

const MOST_ALTERNATIVES = 3;

export const google: ProviderAdapter = {
  type: 'google',
  defaultUrl: 'https://speech.googleapis.com',
  needs: { key: true, user: false },
  audio: { mimeTypes: ['audio/ogg', 'audio/wav'], seconds: 60, bytes: 7_000_000 },
  tasks: {
    transcribe: ({ bytes, mimeType, language, languages }, account) => {
      const [first = 'en', ...others] = language === undefined ? languages : [language];
      const config = {
        encoding: mimeType === 'audio/wav' ? 'LINEAR16' : 'OGG_OPUS',
        sampleRateHertz: 16_000,
        languageCode: tagOf(first),
        ...(others.length > 0 && { alternativeLanguageCodes: others.slice(0, MOST_ALTERNATIVES).map(tagOf) }),
        ...(account.models.transcribe !== undefined && { model: account.models.transcribe }),
      };
      const headers = { 'content-type': 'application/json', ...(account.key !== undefined && { 'x-goog-api-key': account.key }) };
      const body = JSON.stringify({ config, audio: { content: toBase64(bytes) } });
      const request = { method: 'POST' as const, url: `${account.url}/v1/speech:recognize`, headers, body };
      return {
        next: {
          request,
          read: (response) =>
            readJson(response, (answer) => {
              const best = listProperty(answer, 'results').map((result) => listProperty(result, 'alternatives')[0]);
              const text = best.flatMap((each) => textProperty(each, 'transcript')?.trim() ?? []).join(' ');
              const sure = best.flatMap((each) => numberProperty(each, 'confidence') ?? []);
              // Google leaves it out, or says 0, where it does not know.
              const confidence = Math.min(...sure.filter((each) => each > 0));
              return { text, ...(Number.isFinite(confidence) && { confidence }) };
            }),
        },
      };
    },
  },
};

function tagOf(language: string): string {
  return language === 'pa' ? 'pa-Guru-IN' : `${language}-IN`;
}
