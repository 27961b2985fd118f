/**
 * What conversations ask of providers: the words of a voice message, which of a few candidates a message means, and an approved
 * text in other words.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type CallResult, HazirError } from '@hazir/core';
import {
  checkRephrased,
  choiceQuestion,
  maskIdentifiers,
  measureOggOpus,
  readChosen,
  redactForProvider,
  rephraseQuestion,
  splitAtSilence,
  wavOf,
} from '@hazir/language';
import type { ProviderDesk, VoiceAsked } from '../deps.ts';
import type { Decoder } from '../voice/decode.ts';
import type { ConfiguredProvider, RulesOf } from './configured.ts';
import type { Asked, Gateway } from './gateway.ts';

export interface VoiceLimits {
  seconds: number;
  bytes: number;
}

interface DeskDeps {
  gateway: Gateway;
  rulesOf: RulesOf;
  decoder: Decoder;
  limits: VoiceLimits;
}

const RATE = 16_000;
/** A citizen waits for words that are there already: after this they are sent as they are. */
const REPHRASE_MS = 6_000;
const PASSAGE = 'passage';
const OGG = 'audio/ogg';
const WAV = 'audio/wav';

export function createProviderDesk({ gateway, rulesOf, decoder, limits }: DeskDeps): ProviderDesk {
  return {
    offered: (organizationId) => {
      const rules = rulesOf(organizationId);
      if (rules === undefined) return undefined;
      const has = (task: 'transcribe' | 'chat') => (rules.chain[task]?.length ?? 0) > 0;
      return { transcribe: has('transcribe'), choose: rules.choose && has('chat'), rephrase: rules.rephrase && has('chat') };
    },
    transcribe: async (organizationId, voice) => {
      const measured = measure(voice, limits);
      if ('code' in measured) return failed(measured.code);
      const answered = await gateway.ask(organizationId, 'transcribe', (provider) =>
        prepare(voice, { seconds: measured.seconds, provider, decoder }),
      );
      if (!answered.ok) return failed(answered.code);
      const text = answered.answers
        .map((each) => each.text.trim())
        .join(' ')
        .trim();
      const confidences = answered.answers.flatMap(({ confidence }) => confidence ?? []);
      if (text === '') return failed('voice:no-words');
      return {
        ok: true,
        value: { text: maskIdentifiers(text), ...(confidences.length > 0 && { confidence: Math.min(...confidences) }) },
      };
    },
    choose: async (organizationId, { text, candidates }) => {
      const question = choiceQuestion(text, candidates);
      const answered = await gateway.ask(organizationId, 'chat', async () => [question]);
      if (!answered.ok) return failed(answered.code);
      return { ok: true, value: { id: readChosen(answered.answers[0]?.text ?? '', candidates) ?? '' } };
    },
    rephrase: async (organizationId, { question, text, language }) => {
      // What would be taken out on the way cannot come back: such words are sent as they are.
      if (redactForProvider(text) !== text) return failed('provider:refused');
      const asked = { question, language, passages: [{ id: PASSAGE, text }] };
      const answered = await inTime(gateway.ask(organizationId, 'chat', async () => [rephraseQuestion(asked)]));
      if (answered === undefined) return failed('provider:timeout');
      if (!answered.ok) return failed(answered.code);
      const checked = checkRephrased(answered.answers[0]?.text ?? '', asked);
      return 'text' in checked ? { ok: true, value: { text: checked.text } } : failed('provider:answer');
    },
  };
}

/** Undefined when it took too long; the answer is then counted, and thrown away. */
async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  const over = new AbortController();
  const late = delay(REPHRASE_MS, undefined, { signal: over.signal, ref: false }).catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort();
  }
}

function failed(code: string): CallResult {
  return { ok: false, error: { code, message: 'No provider has answered.' } };
}

/** Before anything is decoded: how long it plays, and whether it may be asked about. Other formats than Ogg do not say their length. */
function measure({ bytes, mimeType }: VoiceAsked, limits: VoiceLimits): { seconds: number } | { code: string } {
  if (bytes.byteLength > limits.bytes) return { code: 'voice:too-large' };
  if (plainType(mimeType) !== OGG) return { seconds: 0 };
  const measured = measureOggOpus(bytes);
  if (measured === undefined) return { code: 'voice:broken' };
  return measured.seconds > limits.seconds ? { code: 'voice:too-long' } : measured;
}

/** As it is where the provider takes it so; else decoded, in pieces that are short enough, as WAV. */
async function prepare(
  voice: VoiceAsked,
  { seconds, provider, decoder }: { seconds: number; provider: ConfiguredProvider; decoder: Decoder },
): Promise<Asked<'transcribe'>[]> {
  const { audio } = provider.adapter;
  const mimeType = plainType(voice.mimeType);
  const about = { languages: voice.languages, ...(voice.language !== undefined && { language: voice.language }) };
  const fits = audio?.mimeTypes.includes(mimeType) === true && seconds <= audio.seconds && voice.bytes.byteLength <= audio.bytes;
  if (fits) return [{ ...about, bytes: voice.bytes, mimeType, seconds }];
  if (mimeType !== OGG || audio === undefined || !audio.mimeTypes.includes(WAV))
    throw new HazirError('voice:format', `${provider.id} does not take ${mimeType}.`);
  const samples = await decoder.decode(voice.bytes, RATE);
  const most = Math.min(audio.seconds, Math.floor(audio.bytes / (RATE * 2)));
  return splitAtSilence(samples, RATE, most).map((piece) => ({
    ...about,
    bytes: wavOf(piece, RATE),
    mimeType: WAV,
    seconds: piece.length / RATE,
  }));
}

/** "audio/ogg; codecs=opus" is audio/ogg. */
function plainType(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}
