/** Every way through the questions about symptoms: each ends in advice, and "not sure" is never less urgent than an answer. */
import { join } from 'node:path';
import { channelAdapters } from '@hazir/channels';
import { type Session, type StepContext, step } from '@hazir/flow';
import { expect, test } from 'vitest';
import { compileFiles } from '../../packages/server/src/setup/compile-pack.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';

const pack = compileFiles(await readPack(join(PACKS_DIR, 'mygov'))).loaded?.pack;
const capabilities = channelAdapters.get('whatsapp')?.capabilities;

/** How many answers each question has, and which of them is "not sure", counted from 1; 0: none. */
const QUESTIONS = [
  { answers: 10, unsure: 10 },
  { answers: 5, unsure: 0 },
  { answers: 5, unsure: 5 },
  { answers: 4, unsure: 4 },
  { answers: 3, unsure: 3 },
];
const URGENCIES: readonly [said: string, urgency: number][] = [
  ['Call 108 now', 3],
  ['see a doctor today', 2],
  ['within a day or two', 1],
  ['care at home is enough', 0],
];

function context(): StepContext {
  if (pack === undefined || capabilities === undefined) throw new Error('the pack is not sound');
  const contact = { id: 'c', language: 'en' };
  return { current: pack, packOf: () => pack, contact, capabilities, now: 0, newId: () => 'id', random: () => 0 };
}

/** Urgency of every complete set of answers, by the numbers that were typed. */
function tryAll(): Map<string, number> {
  const urgencies = new Map<string, number>();
  const about = context();
  const go = (session: Session | undefined, typed: readonly number[]) => {
    const answers = QUESTIONS[typed.length]?.answers ?? 0;
    for (let answer = 1; answer <= answers; answer += 1) {
      const content = { type: 'text', text: String(answer) } as const;
      const next = step(session, { type: 'message', content, messageId: 'm' }, about);
      const said = next.events.map((event) => (event.type === 'message_created' ? JSON.stringify(event.message.content) : ''));
      const urgency = URGENCIES.find(([words]) => said.join('').includes(words))?.[1];
      const answered = [...typed, answer];
      if (urgency === undefined) go(next.session, answered);
      else urgencies.set(answered.join(' '), urgency);
    }
  };
  go(step(undefined, { type: 'start', flow: 'symptoms' }, about).session, []);
  return urgencies;
}

const urgencies = tryAll();
const NO_SIGN = 9;

test('every way through the questions ends in advice', () => {
  const signs = QUESTIONS[0]?.answers ?? 0;
  const further = QUESTIONS.slice(1).reduce((ways, { answers }) => ways * answers, 1);
  expect(urgencies.size).toBe(signs - 1 + further);
  expect(new Set(urgencies.values())).toEqual(new Set([0, 1, 2, 3]));
});

test('a sign of danger, or not being sure of one, asks nothing more and is for now', () => {
  for (let sign = 1; sign <= 10; sign += 1) if (sign !== NO_SIGN) expect(urgencies.get(String(sign))).toBe(3);
});

test('"not sure" is never less urgent than any other answer to the same question', () => {
  const lower = [...urgencies].filter(([typed, urgency]) =>
    QUESTIONS.some(({ unsure }, question) => {
      const answers = typed.split(' ');
      if (unsure === 0 || question === 0 || answers[question] === undefined) return false;
      return (urgencies.get(answers.with(question, String(unsure)).join(' ')) ?? -1) < urgency;
    }),
  );
  expect(lower).toEqual([]);
});
