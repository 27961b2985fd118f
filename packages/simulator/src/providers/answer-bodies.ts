/** What each provider answers, in its own shape; the shapes are those of their documentation. */
import type { Json } from '@hazir/core';
import type { FakeAnswers } from './fake-provider.ts';

interface Answering {
  url: string;
  answers: FakeAnswers;
}

const SOUND = 'UklGRgAAAABXQVZF';

/** The body of a path; null for one that nobody answers. */
export function answerBodies(path: string, about: Answering): Json {
  return BODIES[path]?.(about) ?? null;
}

const BODIES: { [path: string]: (about: Answering) => Json } = {
  '/sarvam/speech-to-text': ({ answers: { transcript, confidence } }) => ({
    request_id: '20261122_1',
    transcript,
    language_code: 'hi-IN',
    ...(confidence !== undefined && { confidence }),
  }),
  '/sarvam/text-to-speech': () => ({ request_id: '20261122_2', audios: [SOUND] }),
  '/sarvam/translate': () => ({ request_id: '20261122_3', translated_text: 'paani', source_language_code: 'en-IN' }),
  '/google/v1/speech:recognize': ({ answers: { transcript, confidence = 0 } }) => ({
    results: [{ alternatives: [{ transcript, confidence }], languageCode: 'hi-in', resultEndTime: '2.4s' }],
    totalBilledTime: '3s',
  }),
  '/openai/v1/audio/transcriptions': ({ answers: { transcript, confidence } }) => ({
    task: 'transcribe',
    language: 'hindi',
    duration: 2.4,
    text: transcript,
    segments:
      confidence === undefined ? [] : [{ id: 0, text: transcript, avg_logprob: Math.log(confidence), no_speech_prob: 0.01 }],
  }),
  '/openai/v1/chat/completions': ({ answers: { chat } }) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: chat } }],
    usage: { prompt_tokens: 180, completion_tokens: 20, total_tokens: 200 },
  }),
  '/bhashini/ulca/apis/v0/model/getModelsPipeline': ({ url }) => ({
    languages: [{ sourceLanguage: 'hi', targetLanguageList: ['en'] }],
    pipelineResponseConfig: [
      { taskType: 'asr', config: [{ serviceId: 'ai4bharat/conformer-hi', language: { sourceLanguage: 'hi' } }] },
    ],
    pipelineInferenceAPIEndPoint: {
      callbackUrl: `${url}/bhashini/compute`,
      inferenceApiKey: { name: 'Authorization', value: 'inference-key' },
    },
  }),
  '/bhashini/compute': ({ answers: { transcript } }) => ({
    pipelineResponse: [
      { taskType: 'asr', config: null, output: [{ source: transcript, target: 'paani' }], audio: [{ audioContent: SOUND }] },
    ],
  }),
};
