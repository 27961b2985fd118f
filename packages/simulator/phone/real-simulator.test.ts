/** The phone on the real simulator: what a business sends over the Graph API is seen, and what a citizen does becomes a webhook. */
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../../tests/support/browser.ts';
import { createSimulator, demoCitizens, demoNumbers, type Listening, listenSimulator, type Simulator } from '../src/index.ts';
import { buildPage } from './testing/browser.ts';

let simulator: Simulator;
let listening: Listening;
let hazir: Server;
let page: Awaited<ReturnType<typeof buildPage>>;
const webhooks: string[] = [];

beforeAll(async () => {
  page = await buildPage();
  hazir = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    webhooks.push(Buffer.concat(parts).toString());
    response.end();
  });
  const address = await new Promise<string>((resolve) =>
    hazir.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${Object(hazir.address()).port}`)),
  );
  const statusDelaysMs = { sent: [0, 0], delivered: [1, 1], read: [1, 1] } as const;
  simulator = createSimulator({
    seed: 1,
    numbers: demoNumbers(address),
    citizens: demoCitizens,
    publicUrl: 'http://127.0.0.1',
    phoneDir: page.folder,
    statusDelaysMs,
  });
  listening = await listenSimulator(simulator, 0);
});
afterAll(async () => {
  await listening.close();
  await simulator.close();
  hazir.close();
  await page.remove();
});

async function sendButtons(to: string): Promise<void> {
  const [number] = demoNumbers('');
  const buttons = ['Yes', 'No'].map((title) => ({ type: 'reply', reply: { id: title.toLowerCase(), title } }));
  const interactive = { type: 'button', body: { text: 'Is this *your* ward?' }, action: { buttons } };
  const response = await fetch(`http://127.0.0.1:${listening.port}/simulator/graph/v23.0/${number?.numberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${number?.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, type: 'interactive', interactive }),
  });
  expect(response.status).toBe(200);
}

test('a conversation goes both ways', async () => {
  const browser = await openBrowser();
  const phone = await browser.newPage();
  await phone.goto(`http://127.0.0.1:${listening.port}/phone/?citizen=asha&lang=en`);
  await phone.getByRole('button', { name: 'Send “Hi”' }).click();
  await expect.poll(() => webhooks.some((body) => body.includes('"body":"Hi"')), { timeout: 10_000 }).toBe(true);
  await sendButtons('919990000001');
  await phone.getByRole('button', { name: 'Yes' }).click();
  await expect.poll(() => webhooks.some((body) => body.includes('button_reply')), { timeout: 10_000 }).toBe(true);
  await expect.poll(() => webhooks.some((body) => body.includes('"status":"read"')), { timeout: 10_000 }).toBe(true);
  await phone.getByRole('button', { name: 'Attach' }).click();
  await phone.getByRole('button', { name: 'Location', exact: true }).click();
  await phone.getByText('Ward G/N').waitFor();
  await phone.getByRole('button', { name: 'Send this location' }).click();
  await expect.poll(() => webhooks.some((body) => body.includes('"latitude":19.0212')), { timeout: 10_000 }).toBe(true);
  await phone.getByRole('button', { name: 'Attach' }).click();
  await phone.getByRole('button', { name: 'Voice sample' }).click();
  await expect.poll(() => webhooks.some((body) => body.includes('"voice":true')), { timeout: 10_000 }).toBe(true);
  expect(await phone.getByRole('article').count()).toBe(5);
  await browser.close();
});

test('a recording of the device is sent as a voice message', async () => {
  const browser = await openBrowser();
  const phone = await browser.newPage();
  await phone.goto(`http://127.0.0.1:${listening.port}/phone/?citizen=imran&lang=en`);
  await phone.getByRole('button', { name: 'Attach' }).click();
  const file = fileURLToPath(new URL('./sample/sample-voice.ogg', import.meta.url));
  const before = webhooks.filter((body) => body.includes('"voice":true')).length;
  await phone.getByLabel('A recording from this device').setInputFiles(file);
  const sent = () => webhooks.filter((body) => body.includes('"voice":true')).length;
  await expect.poll(sent, { timeout: 10_000 }).toBe(before + 1);
  await phone.getByRole('button', { name: /^Play/ }).waitFor();
  await browser.close();
});
