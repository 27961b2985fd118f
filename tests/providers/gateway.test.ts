/** The way out to providers, over real sockets: what leaves, what comes back, and what happens when nothing does. */
import { readFile } from 'node:fs/promises';
import { providerAdapters } from '@hazir/language';
import { listenFakeProvider } from '@hazir/simulator';
import { ensureOrganization, providerSpending } from '@hazir/store';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type ConfiguredProvider,
  createDecoder,
  createGateway,
  createHttpClient,
  createProviderDesk,
  type ProviderRules,
} from '../../packages/runtime/src/index.ts';
import { openTestDatabase } from '../support/database.ts';

const database = await openTestDatabase();
const organizationId = (await ensureOrganization(database, 'test', 'Test')).id;
const fake = await listenFakeProvider();
const http = createHttpClient(5_000);
const decoder = createDecoder();
const sample = new Uint8Array(await readFile(new URL('../../packages/simulator/phone/sample/sample-voice.ogg', import.meta.url)));
afterAll(async () => {
  await fake.close();
  await http.close();
  await decoder.close();
});
beforeEach(async () => {
  fake.requests.length = 0;
  fake.modes = ['ok'];
  fake.answers = { transcript: 'पानी नहीं आया', chat: '{"id":"none"}' };
  await database.query('delete from provider_spending');
});

function provider(type: string, change: Partial<ConfiguredProvider> = {}): ConfiguredProvider {
  const adapter = providerAdapters.get(type);
  if (adapter === undefined) throw new Error(type);
  const account = { url: `${fake.url}/${type}`, key: 'secret-key', user: 'user-1', models: {} };
  return {
    id: type,
    adapter,
    account,
    timeoutMs: 2_000,
    rupees: { perMinute: 6, perThousandTokens: 2, perThousandCharacters: 0 },
    ...change,
  };
}

function open(rules: Partial<ProviderRules>, seconds = 120) {
  const logged: { event: string; fields: object }[] = [];
  const all: ProviderRules = { chain: {}, choose: true, rephrase: true, callsPerDay: 100, rupeesPerDay: 100, ...rules };
  const rulesOf = () => all;
  const log = (_level: string, event: string, fields: object = {}) => void logged.push({ event, fields });
  const gateway = createGateway({ database, http, log, rulesOf, now: Date.now });
  return { logged, desk: createProviderDesk({ gateway, rulesOf, decoder, limits: { seconds, bytes: 1_000_000 } }) };
}

const voice = { messageId: 'm', bytes: sample, mimeType: 'audio/ogg; codecs=opus', languages: ['hi', 'en'] };
const choice = { id: 'c', kind: 'choose' as const, text: '', language: 'en', candidates: [{ id: 'roads', title: 'Roads' }] };
const india = () => new Date(Date.now() + 19_800_000).toISOString().slice(0, 10);

describe('the words of a voice message', () => {
  test.each(['sarvam', 'google', 'openai', 'bhashini'])('come from %s', async (type) => {
    const { desk } = open({ chain: { transcribe: [provider(type)] } });
    expect(await desk.transcribe(organizationId, voice)).toEqual({ ok: true, value: { text: 'पानी नहीं आया' } });
    expect(fake.requests.every(({ path }) => path.startsWith(`/${type}/`))).toBe(true);
  });

  test('Bhashini is asked where to ask once, with WAV then and its own key', async () => {
    const { desk } = open({ chain: { transcribe: [provider('bhashini')] } });
    await desk.transcribe(organizationId, voice);
    await desk.transcribe(organizationId, voice);
    expect(fake.requests.map(({ path }) => path)).toEqual([
      '/bhashini/ulca/apis/v0/model/getModelsPipeline',
      '/bhashini/compute',
      '/bhashini/compute',
    ]);
    expect(fake.requests[0]?.headers).toMatchObject({ userid: 'user-1', ulcaapikey: 'secret-key' });
    expect(fake.requests[1]).toMatchObject({
      headers: { authorization: 'inference-key' },
      body: {
        pipelineTasks: [
          { taskType: 'asr', config: { serviceId: 'ai4bharat/conformer-hi', audioFormat: 'wav', samplingRate: 16_000 } },
        ],
        inputData: { audio: [{ audioContent: expect.stringMatching(/^UklGR/) }] },
      },
    });
  });

  test.each([
    ['openai', 0.5, 0.5],
    ['google', 0.9, 0.9],
    ['google', undefined, undefined],
  ])('%s says how sure it is', async (type, given, confidence) => {
    fake.answers = { ...fake.answers, ...(given !== undefined && { confidence: given }) };
    const { desk } = open({ chain: { transcribe: [provider(type)] } });
    const result = await desk.transcribe(organizationId, voice);
    const found = result.ok && typeof result.value === 'object' && result.value !== null && 'confidence' in result.value;
    expect(found ? Number(Object(result.value).confidence).toFixed(1) : undefined).toBe(confidence?.toFixed(1));
  });

  test('are masked before anybody sees them', async () => {
    fake.answers.transcript = 'my aadhaar is 2341 2341 2346';
    const { desk } = open({ chain: { transcribe: [provider('sarvam')] } });
    expect(await desk.transcribe(organizationId, voice)).toEqual({ ok: true, value: { text: 'my aadhaar is XXXX XXXX 2346' } });
  });

  test.each([
    ['voice:too-long', voice, 1],
    ['voice:too-large', { ...voice, bytes: new Uint8Array(1_000_001) }, 120],
    ['voice:broken', { ...voice, bytes: new TextEncoder().encode('OggS and nothing more') }, 120],
    ['voice:format', { ...voice, mimeType: 'audio/amr' }, 120],
  ])('are not asked for: %s', async (code, given, seconds) => {
    const { desk } = open({ chain: { transcribe: [provider('google')] } }, seconds);
    expect(await desk.transcribe(organizationId, given)).toMatchObject({ ok: false, error: { code } });
    expect(fake.requests).toEqual([]);
  });

  test('a message longer than the provider takes is asked in pieces', async () => {
    const short = provider('sarvam');
    const adapter = { ...short.adapter, audio: { mimeTypes: ['audio/ogg', 'audio/wav'], seconds: 2, bytes: 1e6 } };
    const { desk } = open({ chain: { transcribe: [{ ...short, adapter }] } });
    const result = await desk.transcribe(organizationId, voice);
    expect(fake.requests.length).toBeGreaterThan(1);
    expect(result).toEqual({ ok: true, value: { text: fake.requests.map(() => 'पानी नहीं आया').join(' ') } });
  });
});

describe('a provider that fails', () => {
  test.each([
    ['failing', 'provider:busy', 2],
    ['garbled', 'provider:answer', 2],
    ['refusing', 'provider:key', 1],
  ] as const)('%s: %s after %i tries', async (mode, code, tries) => {
    fake.modes = [mode];
    const { desk } = open({ chain: { transcribe: [provider('sarvam')] } });
    expect(await desk.transcribe(organizationId, voice)).toMatchObject({ ok: false, error: { code } });
    expect(fake.requests).toHaveLength(tries);
  });

  test('never answers: its time-out ends it', async () => {
    fake.modes = ['never'];
    const { desk } = open({ chain: { transcribe: [provider('sarvam', { timeoutMs: 100 })] } });
    expect(await desk.transcribe(organizationId, voice)).toMatchObject({ ok: false, error: { code: 'provider:timeout' } });
  });

  test('is answered by its second try, or by the next provider', async () => {
    fake.modes = ['failing', 'ok'];
    const first = open({ chain: { transcribe: [provider('sarvam')] } });
    expect(await first.desk.transcribe(organizationId, voice)).toMatchObject({ ok: true });
    fake.modes = ['failing', 'failing', 'ok'];
    const second = open({ chain: { transcribe: [provider('sarvam'), provider('google')] } });
    expect(await second.desk.transcribe(organizationId, voice)).toMatchObject({ ok: true });
    expect(fake.requests.at(-1)?.path).toBe('/google/v1/speech:recognize');
  });

  test('rests after five failures in a row', async () => {
    fake.modes = ['refusing'];
    const { desk, logged } = open({ chain: { transcribe: [provider('sarvam')] } });
    for (let count = 0; count < 5; count += 1) await desk.transcribe(organizationId, voice);
    expect(await desk.transcribe(organizationId, voice)).toMatchObject({ ok: false, error: { code: 'provider:resting' } });
    expect(fake.requests).toHaveLength(5);
    expect(logged.map(({ event }) => event)).toContain('provider_rests');
  });

  test('that answers twice has answered once', async () => {
    fake.modes = ['twice'];
    const { desk } = open({ chain: { transcribe: [provider('sarvam')] } });
    expect(await desk.transcribe(organizationId, voice)).toMatchObject({ ok: true });
    expect(await desk.transcribe(organizationId, voice)).toMatchObject({ ok: true });
  });
});

describe('the budget of a day', () => {
  test('ends with its calls, whoever asks at the same time', async () => {
    const { desk } = open({ chain: { transcribe: [provider('sarvam')] }, callsPerDay: 3 });
    const results = await Promise.all(Array.from({ length: 6 }, () => desk.transcribe(organizationId, voice)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(3);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'provider:budget' } });
    expect(fake.requests).toHaveLength(3);
    expect(await providerSpending(database, { organizationId, day: india() })).toMatchObject({ calls: 3 });
  });

  test('ends with its rupees', async () => {
    const { desk } = open({ chain: { transcribe: [provider('sarvam')] }, rupeesPerDay: 0.3 });
    expect(await desk.transcribe(organizationId, voice)).toMatchObject({ ok: true });
    expect((await providerSpending(database, { organizationId, day: india() })).rupees).toBeGreaterThan(0.3);
    expect(await desk.transcribe(organizationId, voice)).toMatchObject({ error: { code: 'provider:budget' } });
  });
});

describe('a model that chooses', () => {
  test.each([
    ['{"id":"roads"}', 'roads'],
    ['{"id":"none"}', ''],
    ['{"id":"rm -rf"}', ''],
    ['roads, surely', ''],
  ])('%s means "%s"', async (chat, id) => {
    fake.answers.chat = chat;
    const { desk } = open({ chain: { chat: [provider('openai')] } });
    expect(await desk.choose(organizationId, { ...choice, text: 'my street' })).toEqual({ ok: true, value: { id } });
  });

  test('is given no number of a person, and the log no word', async () => {
    const { desk, logged } = open({ chain: { chat: [provider('openai')] } });
    await desk.choose(organizationId, { ...choice, text: 'call 98200 12345, aadhaar 2341 2341 2346, a@b.in' });
    const sent = JSON.stringify(fake.requests[0]?.body);
    expect(sent).toContain('call [number], aadhaar XXXX XXXX 2346, [mail]');
    expect(fake.requests[0]?.body).toMatchObject({ temperature: 0, response_format: { type: 'json_schema' } });
    expect(logged).toEqual([
      {
        event: 'provider_asked',
        fields: {
          organization: organizationId,
          provider: 'openai',
          model: '',
          task: 'chat',
          ms: expect.any(Number),
          rupees: 0.4,
          outcome: 'ok',
        },
      },
    ]);
  });

  test('is not asked where nobody allowed it', () => {
    const { desk } = open({ chain: { chat: [provider('openai')] }, choose: false, rephrase: false });
    expect(desk.offered(organizationId)).toEqual({ transcribe: false, choose: false, rephrase: false });
  });
});

describe('a model that says approved words', () => {
  const text = 'The ward office is open from 10 to 5 on weekdays. A copy costs ₹50.';
  const asked = {
    id: 'r',
    kind: 'rephrase' as const,
    question: 'when can i come, my number is 98200 12345',
    text,
    language: 'en',
  };
  const written = (said: string, passages = ['passage']) => JSON.stringify({ text: said, passages });

  test('is sent when it says nothing else', async () => {
    fake.answers.chat = written('You can come on weekdays from 10 to 5. A copy costs ₹50.');
    const { desk } = open({ chain: { chat: [provider('openai')] } });
    expect(await desk.rephrase(organizationId, asked)).toEqual({
      ok: true,
      value: { text: 'You can come on weekdays from 10 to 5. A copy costs ₹50.' },
    });
    const sent = JSON.stringify(fake.requests[0]?.body);
    expect(sent).toContain('open from 10 to 5');
    expect(sent).not.toContain('98200');
  });

  test.each([
    ['another number', written('Come from 9 to 5.')],
    ['another sum', written('A copy costs ₹500.')],
    ['a telephone number', written('Open from 10 to 5, call 1916.')],
    ['a name', written('Ask for Mr Patil from 10 to 5.')],
    ['a passage that it was not given', written('Open from 10 to 5.', ['other'])],
    ['no passage', written('Open from 10 to 5.', [])],
    ['no JSON', 'Open from 10 to 5.'],
  ])('is not sent with %s', async (_, chat) => {
    fake.answers.chat = chat;
    const { desk } = open({ chain: { chat: [provider('openai')] } });
    expect(await desk.rephrase(organizationId, asked)).toMatchObject({ ok: false, error: { code: 'provider:answer' } });
  });

  test.each([
    ['failing', 'provider:busy'],
    ['never', 'provider:timeout'],
  ] as const)('is not waited for when it is %s', async (mode, code) => {
    fake.modes = [mode];
    const { desk } = open({ chain: { chat: [provider('openai', { timeoutMs: 100 })] } });
    expect(await desk.rephrase(organizationId, asked)).toMatchObject({ ok: false, error: { code } });
  });

  test('is not waited for longer than a citizen waits, whatever the provider’s own time-out', async () => {
    fake.modes = ['slow'];
    const { desk } = open({ chain: { chat: [provider('openai', { timeoutMs: 60_000 })] } });
    expect(await desk.rephrase(organizationId, asked)).toMatchObject({ ok: false, error: { code: 'provider:timeout' } });
    fake.release();
  }, 15_000);

  test('is not asked beyond the budget, nor about words that would be taken out on the way', async () => {
    const none = open({ chain: { chat: [provider('openai')] }, callsPerDay: 0 });
    expect(await none.desk.rephrase(organizationId, asked)).toMatchObject({ error: { code: 'provider:budget' } });
    const { desk } = open({ chain: { chat: [provider('openai')] } });
    const numbered = { ...asked, text: 'Call 022 2269 4725 from 10 to 5.' };
    expect(await desk.rephrase(organizationId, numbered)).toMatchObject({ error: { code: 'provider:refused' } });
    expect(fake.requests).toEqual([]);
  });
});
