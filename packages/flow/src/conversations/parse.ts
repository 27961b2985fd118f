/** Reads conversations/*.yaml: a pack's tests, written as what is said on both sides. */
import type { CallResult } from '@hazir/core';
import type { z } from 'zod';
import { checkShape, createProblems, type PackProblem, type PackSource, readYaml, type YamlFile } from '../pack/source.ts';
import { type CitizenSource, conversationSchema, type HazirSource, type OfficerSource } from './schema.ts';

/** What a citizen does, or what happens to the conversation. */
export type CitizenAct =
  | { type: 'text'; text: string }
  | { type: 'tap'; option: string }
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { type: 'photo'; caption?: string }
  | { type: 'document'; fileName?: string; caption?: string }
  | { type: 'voice'; says?: string; confidence?: number }
  | { type: 'sticker' }
  | { type: 'wait'; milliseconds: number }
  /** Until the next such time of day ("18:05") in the pack's time zone. */
  | { type: 'wait_until'; time: string }
  | { type: 'answer'; result: CallResult };

/** What must come back. */
export type Expectation = HazirSource;

/** What an officer does in the meantime. */
export type OfficerAct = OfficerSource;

export type ConversationStep =
  | { type: 'officer'; line: number; act: OfficerAct }
  | { type: 'citizen'; line: number; act: CitizenAct }
  | { type: 'hazir'; line: number; expected: Expectation };

export interface ConversationTest {
  file: string;
  title: string;
  language?: string;
  name?: string;
  phone?: string;
  steps: ConversationStep[];
}

/** Reads all conversations of a pack; files with a problem are left out. */
export function parseConversations(source: PackSource): { conversations: ConversationTest[]; problems: PackProblem[] } {
  const problems = createProblems();
  const conversations: ConversationTest[] = [];
  for (const [file, text] of source.files) {
    if (!file.startsWith('conversations/') || !file.endsWith('.yaml')) continue;
    const yaml = readYaml(file, text, problems);
    const parsed = yaml === undefined ? undefined : checkShape(conversationSchema, yaml.value, { yaml, path: [], problems });
    if (yaml === undefined || parsed === undefined) continue;
    const steps = readSteps(parsed, yaml, (line) => {
      problems.add('conversation:wait', 'This is no time', {
        file,
        line,
        hint: 'For example PT1H, P1D, 30m, 24h or until 18:05.',
      });
    });
    const { conversation: title, language, name, phone } = parsed;
    conversations.push({
      file,
      title,
      ...(language === undefined ? {} : { language }),
      ...(name === undefined ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
      steps,
    });
  }
  return { conversations, problems: problems.list() };
}

function readSteps(
  parsed: z.infer<typeof conversationSchema>,
  yaml: YamlFile,
  badWait: (line: number) => void,
): ConversationStep[] {
  return parsed.steps.map((step, index): ConversationStep => {
    const line = yaml.line(['steps', index]);
    if ('hazir' in step) return { type: 'hazir', line, expected: step.hazir };
    if ('officer' in step) return { type: 'officer', line, act: step.officer };
    const act = readAct(step.citizen);
    if (act.type === 'wait' && Number.isNaN(act.milliseconds)) badWait(line);
    return { type: 'citizen', line, act };
  });
}

function readAct(source: CitizenSource): CitizenAct {
  if (typeof source !== 'object') return { type: 'text', text: String(source) };
  if ('tap' in source) return { type: 'tap', option: String(source.tap) };
  if ('location' in source) {
    const { latitude, longitude, name, address } = source.location;
    return {
      type: 'location',
      latitude,
      longitude,
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
    };
  }
  if ('photo' in source) return { type: 'photo', ...(source.caption === undefined ? {} : { caption: source.caption }) };
  if ('document' in source) {
    const { fileName, caption } = source;
    return { type: 'document', ...(fileName === undefined ? {} : { fileName }), ...(caption === undefined ? {} : { caption }) };
  }
  if ('voice' in source) {
    const { says, confidence } = source;
    return { type: 'voice', ...(says !== undefined && { says }), ...(confidence !== undefined && { confidence }) };
  }
  if ('sticker' in source) return { type: 'sticker' };
  if ('wait' in source) {
    const time = UNTIL.exec(source.wait)?.[1];
    return time === undefined ? { type: 'wait', milliseconds: readTime(source.wait) } : { type: 'wait_until', time };
  }
  return { type: 'answer', result: answerOf(source.answer) };
}

function answerOf({ status = 200, body = null, error }: Extract<CitizenSource, { answer: unknown }>['answer']): CallResult {
  const code = error ?? (status < 400 ? undefined : `fetch:status-${status}`);
  if (code === undefined) return { ok: true, value: body };
  return { ok: false, error: { code, message: 'The other system did not answer as it should.' } };
}

const ISO_TIME = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNTIL = /^until (([01]\d|2[0-3]):[0-5]\d)$/;
const SHORT_TIME = /^(\d+)([smhd])$/;
const UNITS: { [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of PT1H30M, P1D, 30m or 24h; NaN for anything else. */
function readTime(text: string): number {
  const short = SHORT_TIME.exec(text);
  if (short !== null) return Number(short[1]) * (UNITS[short[2] ?? ''] ?? Number.NaN);
  const iso = ISO_TIME.exec(text);
  if (iso === null || text.length < 3) return Number.NaN;
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = iso;
  return Number(days) * 86_400_000 + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
}
