/** Voice messages through the whole house: webhook, file, provider on a real socket, conversation, answer. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenFakeProvider } from '@hazir/simulator';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { expireVoice } from '../../packages/server/src/setup/expire-voice.ts';
import { openStage, type Stage, textOf } from '../support/stage.ts';

const fake = await listenFakeProvider();
const folder = await mkdtemp(join(tmpdir(), 'hazir-providers-'));
const file = join(folder, 'providers.yaml');
await writeFile(
  file,
  `providers: { fake: { type: openai, url: "${fake.url}/openai", timeout: 2000 } }\norganizations: { demo-mumbai: { transcribe: [fake] } }\n`,
);
const bytes = new Uint8Array(await readFile(new URL('../../packages/simulator/phone/sample/sample-voice.ogg', import.meta.url)));
const stage = await openStage({ environment: { HAZIR_PROVIDERS: file } });
const silent = await openStage();
afterAll(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  fake.requests.length = 0;
  fake.modes = ['ok'];
  fake.answers = { transcript: 'mango', chat: '' };
});

/** A citizen at the question which fruit; `speak` sends a voice message and does not wait. */
async function atTheQuestion({ control, say, numberId }: Stage) {
  const { id } = control.addCitizen({ name: 'Speaker (demo)' });
  await say(id, 'Hi');
  await say(id, 'English');
  const after = Math.max(...control.messages(id).map(({ seq }) => seq));
  const heard = () => control.messages(id, { after }).filter(({ from }) => from === 'business');
  const speak = () => {
    const { mediaId } = control.addMedia({ bytes, mimeType: 'audio/ogg; codecs=opus' });
    control.say(id, { numberId, type: 'media', media: 'voice', mediaId });
  };
  return { id, speak, heard, texts: () => heard().map(textOf) };
}

async function until({ quiet }: Stage, done: () => boolean): Promise<void> {
  const settled = async () => {
    await quiet();
    return done();
  };
  await expect.poll(settled, { timeout: 20_000 }).toBe(true);
}

describe('where a provider is', () => {
  test('a voice message is taken as its words, once, though the provider answers twice', async () => {
    fake.modes = ['twice'];
    const citizen = await atTheQuestion(stage);
    citizen.speak();
    await until(stage, () => citizen.heard().length > 0);
    expect(citizen.texts()).toEqual(['🎤 “mango”\n\nYou chose mango.']);
    expect(fake.requests).toMatchObject([{ path: '/openai/v1/audio/transcriptions', audioBytes: expect.any(Number) }]);
    expect(fake.requests[0]?.audioBytes).toBeGreaterThan(bytes.length);
  });

  test('what is written meanwhile waits, and who waits long is told', async () => {
    fake.modes = ['slow'];
    const citizen = await atTheQuestion(stage);
    citizen.speak();
    await until(stage, () => fake.requests.length > 0);
    stage.control.say(citizen.id, { numberId: stage.numberId, type: 'text', text: 'Hi' });
    await stage.control.advance(5_000);
    await until(stage, () => citizen.heard().length > 0);
    expect(citizen.texts()).toEqual(['I am listening to your voice message. One moment please.']);
    fake.release();
    await until(stage, () => citizen.heard().length > 2);
    expect(citizen.texts().slice(1)).toEqual(['🎤 “mango”\n\nYou chose mango.', 'Hello!\n\nWhich fruit do you like?']);
  });

  test('words that are not sure are asked about', async () => {
    fake.answers = { ...fake.answers, confidence: 0.4 };
    const citizen = await atTheQuestion(stage);
    citizen.speak();
    await until(stage, () => citizen.heard().length > 0);
    expect(citizen.texts()).toEqual(['I understood: “mango”. Is that right?']);
    const answered = await stage.say(citizen.id, 'yes');
    expect(answered.map(textOf)).toEqual(['You chose mango.']);
  });

  test.each(['failing', 'never', 'garbled'] as const)('a provider that is %s loses nothing', async (mode) => {
    fake.modes = [mode];
    const citizen = await atTheQuestion(stage);
    citizen.speak();
    await until(stage, () => citizen.texts().at(-1)?.includes('Yours is kept') === true);
    expect(citizen.texts().at(-1)).toContain('Which fruit do you like?');
  });
});

describe('where no provider is', () => {
  test('the voice message is kept, and the citizen told so at once', async () => {
    const citizen = await atTheQuestion(silent);
    citizen.speak();
    await until(silent, () => citizen.heard().length > 0);
    expect(citizen.texts()).toEqual([expect.stringContaining('Yours is kept')]);
    const kept = () => silent.database.query<{ hash: string | null }>(`select hash from message_files`);
    await expect.poll(async () => (await kept()).rows.map(({ hash }) => hash !== null), { timeout: 10_000 }).toEqual([true]);
  });

  test('its recording goes when its time is over', async () => {
    const removed: string[] = [];
    const files = {
      put: async () => ({ hash: '', bytes: 0 }),
      get: async () => undefined,
      remove: async (hash: string) => void removed.push(hash),
    };
    const about = { database: silent.database, files, log: () => undefined, days: 30 };
    expect(await expireVoice({ ...about, now: Date.now() })).toBe(0);
    expect(await expireVoice({ ...about, now: Date.now() + 31 * 86_400_000 })).toBe(1);
    expect(removed).toHaveLength(1);
    expect(await expireVoice({ ...about, days: 0, now: Date.now() + 31 * 86_400_000 })).toBe(0);
  });
});
