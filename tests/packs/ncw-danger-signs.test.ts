/** The danger signs of `ncw`: every combination of them is an emergency, and every row of the list that a woman sees leads there. */
import { join } from 'node:path';
import { property } from '@hazir/core';
import { loadServices } from '@hazir/services';
import { expect, test } from 'vitest';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';

const LANGUAGES = ['hi', 'en', 'bn', 'mr', 'ta', 'te', 'or', 'ur'];
/** WHO, ANC.DT.01. */
const SIGNS = [
  'bleeding',
  'central-cyanosis',
  'convulsing',
  'fever',
  'severe-headache',
  'visual-disturbance',
  'imminent-delivery',
  'labour',
  'looks-very-ill',
  'severe-vomiting',
  'severe-pain',
  'severe-abdominal-pain',
  'unconscious',
];
const { files } = await readPack(join(PACKS_DIR, 'ncw'));
const { operations } = loadServices(
  { triage: { tables: ['data/danger-signs.yaml'] } },
  { languages: LANGUAGES, defaultLanguage: 'hi', readText: (path) => files.get(path) },
);

async function assess(signs: readonly string[], language = 'en') {
  const subject = { organizationId: 1, contactId: 'c', conversationId: 'c/7', language };
  const context = {
    tx: { query: () => Promise.reject(new Error('no database here')) },
    now: new Date(0),
    subject,
    newId: () => 'id',
    random: () => 0,
  };
  const result = await operations.get('triage.assess')?.run({ table: 'danger-signs', signs: [...signs] }, context);
  if (!result?.ok) throw new Error('the table does not answer');
  return result.value;
}

test('all 8,192 combinations: none is calm, any is an emergency, and each sign that was told is a reason', async () => {
  let emergencies = 0;
  for (let bits = 0; bits < 2 ** SIGNS.length; bits += 1) {
    const told = SIGNS.filter((_, place) => (bits >> place) % 2 === 1);
    const found = await assess(told);
    expect(property(found, 'urgency')).toBe(told.length === 0 ? 'home' : 'emergency');
    expect(property(found, 'reasons')).toEqual(told);
    if (told.length > 0) emergencies += 1;
  }
  expect(emergencies).toBe(8_191);
});

test('whoever is not sure is in danger', async () => {
  expect(property(await assess(['unsure']), 'urgency')).toBe('emergency');
});

test.each(LANGUAGES)('every sign has a name and an advice of its own words in %s', async (language) => {
  const english = property(await assess(SIGNS, 'en'), 'names');
  const names = property(await assess(SIGNS, language), 'names');
  expect(new Set(Array.isArray(names) ? names : []).size).toBe(SIGNS.length);
  if (language !== 'en' && Array.isArray(names) && Array.isArray(english))
    expect(names.filter((name) => english.includes(name))).toEqual([]);
  for (const sign of SIGNS) expect(property(await assess([sign], language), 'advice')).toEqual([expect.stringMatching(/\S.{9}/)]);
});
