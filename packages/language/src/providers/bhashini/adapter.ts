/**
 * Bhashini, the language mission of the Government of India, by its ULCA pipelines: a config call says which service does a task in a
 * language, where it is asked and with which key; the compute call asks it. What the config call said is remembered for an hour.
 */
import { type HttpResponse, isJsonObject, type Json, type JsonObject, listProperty, property, textProperty } from '@hazir/core';
import type { Exchange, ProviderAccount, ProviderAdapter, ProviderMemory, Step } from '../contract.ts';
import { fromBase64, readJson, toBase64, unknownLanguage } from '../responses.ts';

const CONFIG_LIVES_MS = 3_600_000;
/** The pipeline of the Ministry of Electronics and Information Technology. */
const PIPELINE = '64392f96daac500b55c543cd';
const RATE = 16_000;

export const bhashini: ProviderAdapter = {
  type: 'bhashini',
  defaultUrl: 'https://meity-auth.ulcacontrib.org',
  needs: { key: true, user: true },
  audio: { mimeTypes: ['audio/wav'], seconds: 30, bytes: 5_000_000 },
  tasks: {
    transcribe: ({ bytes, language, languages }, account, memory) =>
      compute(
        {
          taskType: 'asr',
          language: { sourceLanguage: language ?? languages[0] ?? 'hi' },
          config: { audioFormat: 'wav', samplingRate: RATE },
          inputData: { audio: [{ audioContent: toBase64(bytes) }] },
          pick: (output) => ({ text: textProperty(listProperty(output, 'output')[0], 'source')?.trim() ?? '' }),
        },
        account,
        memory,
      ),
    translate: ({ text, from, to }, account, memory) =>
      compute(
        {
          taskType: 'translation',
          language: { sourceLanguage: from, targetLanguage: to },
          config: {},
          inputData: { input: [{ source: text }] },
          pick: (output) => {
            const target = textProperty(listProperty(output, 'output')[0], 'target');
            return target === undefined ? undefined : { text: target };
          },
        },
        account,
        memory,
      ),
    speak: ({ text, language }, account, memory) =>
      compute(
        {
          taskType: 'tts',
          language: { sourceLanguage: language },
          config: { gender: 'female', samplingRate: RATE },
          inputData: { input: [{ source: text }] },
          pick: (output) => {
            const bytes = fromBase64(textProperty(listProperty(output, 'audio')[0], 'audioContent') ?? '');
            return bytes === undefined ? undefined : { bytes, mimeType: 'audio/wav' };
          },
        },
        account,
        memory,
      ),
  },
};

interface Task<Answer> {
  taskType: 'asr' | 'translation' | 'tts';
  language: JsonObject;
  config: JsonObject;
  inputData: JsonObject;
  pick: (output: Json) => Answer | undefined;
}

function compute<Answer>(task: Task<Answer>, account: ProviderAccount, memory: ProviderMemory): Step<Answer> {
  const key = JSON.stringify([task.taskType, task.language]);
  const known = memory.get(key);
  if (known !== undefined) return { next: ask(task, known, () => memory.forget(key)) };
  return {
    next: {
      request: {
        method: 'POST',
        url: `${account.url}/ulca/apis/v0/model/getModelsPipeline`,
        headers: {
          'content-type': 'application/json',
          ...(account.user !== undefined && { userID: account.user }),
          ...(account.key !== undefined && { ulcaApiKey: account.key }),
        },
        body: JSON.stringify({
          pipelineTasks: [{ taskType: task.taskType, config: { language: task.language } }],
          pipelineRequestConfig: { pipelineId: account.models.transcribe ?? PIPELINE },
        }),
      },
      read: (response) => readConfig(response, { task, key, account, memory }),
    },
  };
}

interface Configuring<Answer> {
  task: Task<Answer>;
  key: string;
  account: ProviderAccount;
  memory: ProviderMemory;
}

function readConfig<Answer>(response: HttpResponse, { task, key, account, memory }: Configuring<Answer>): Step<Answer> {
  const read = readJson(response, (body): JsonObject | undefined => {
    const endPoint = property(body, 'pipelineInferenceAPIEndPoint');
    const url = textProperty(endPoint, 'callbackUrl');
    const header = property(endPoint, 'inferenceApiKey');
    const [name, value] = [textProperty(header, 'name'), textProperty(header, 'value')];
    if (url === undefined || name === undefined || value === undefined || !isTrusted(url, account.url)) return undefined;
    const [tasks] = listProperty(body, 'pipelineResponseConfig');
    const serviceId = textProperty(listProperty(tasks, 'config')[0], 'serviceId');
    return { url, name, value, serviceId: serviceId ?? '' };
  });
  if ('failure' in read) return read;
  if (read.answer.serviceId === '') return unknownLanguage();
  memory.set(key, read.answer, CONFIG_LIVES_MS);
  return { next: ask(task, read.answer, () => memory.forget(key)) };
}

/** What a citizen has said is sent nowhere in the clear, unless the account itself is (a test on one machine). */
function isTrusted(url: string, account: string): boolean {
  return url.startsWith('https://') || (account.startsWith('http://127.0.0.1') && url.startsWith('http://127.0.0.1'));
}

function ask<Answer>(task: Task<Answer>, service: Json, forget: () => void): Exchange<Answer> {
  const { url = '', name = '', value = '', serviceId = '' } = isJsonObject(service) ? service : {};
  const config = { ...task.config, language: task.language, serviceId };
  return {
    request: {
      method: 'POST',
      url: String(url),
      headers: { 'content-type': 'application/json', [String(name)]: String(value) },
      body: JSON.stringify({ pipelineTasks: [{ taskType: task.taskType, config }], inputData: task.inputData }),
    },
    read: (response) => {
      const read = readJson(response, (body) => task.pick(listProperty(body, 'pipelineResponse')[0] ?? null));
      // Services and their keys change: they are asked for again.
      if ('failure' in read) forget();
      return read;
    },
  };
}
