/** A virus scanner between citizens and the store: what it refuses is not kept, and whoever sent it hears of it once. */
import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openStage, textOf } from '../support/stage.ts';

const HARM = Buffer.from('%PDF-1.7 this one does harm');
const scanner = createServer((socket) => {
  let sent = '';
  socket.on('data', (part) => {
    sent += part.toString('latin1');
    if (sent.endsWith('\0\0\0\0')) socket.end(sent.includes('does harm') ? 'stream: Demo-Harm FOUND\0' : 'stream: OK\0');
  });
});
await new Promise<void>((resolve) => scanner.listen(0, '127.0.0.1', resolve));
afterAll(() => void scanner.close());
const address = scanner.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const stage = await openStage({ environment: { HAZIR_SCANNER: `clamd://127.0.0.1:${port}` } });

test('a file that may do harm is not kept, the citizen is told in the own language, and the conversation goes on', async () => {
  const citizen = stage.control.addCitizen({ name: 'Sender (demo)' }).id;
  await stage.say(citizen, 'Hi');
  await stage.say(citizen, 'हिन्दी');
  const { mediaId } = stage.control.addMedia({ bytes: HARM, mimeType: 'application/pdf' });
  await stage.say(citizen, { type: 'media', media: 'document', mediaId });
  await expect
    .poll(() => said(citizen), { timeout: 10_000 })
    .toContain('यह फ़ाइल सुरक्षित नहीं लगी, इसलिए रखी नहीं गई। कृपया फ़ोटो या PDF भेजें।');
  const { rows } = await stage.database.query('select hash, error from message_files');
  expect(rows).toEqual([{ hash: null, error: 'The scanner found something that may do harm.' }]);
  expect((await stage.database.query('select from files')).rowCount).toBe(0);
  await stage.say(citizen, 'सेब');
  expect(said(citizen).filter((text) => text.includes('सुरक्षित'))).toHaveLength(1);
});

test('a file that is clean is kept, and nothing is said of it', async () => {
  const citizen = stage.control.addCitizen({ name: 'Careful sender (demo)' }).id;
  const { mediaId } = stage.control.addMedia({ bytes: Buffer.from('%PDF-1.7 clean'), mimeType: 'application/pdf' });
  await stage.say(citizen, { type: 'media', media: 'document', mediaId });
  await expect
    .poll(async () => (await stage.database.query('select bytes::int from files')).rows, { timeout: 10_000 })
    .toEqual([{ bytes: 14 }]);
  await stage.quiet();
  expect(said(citizen).join(' ')).not.toContain('file');
});

function said(citizen: string): string[] {
  return stage.control
    .messages(citizen)
    .filter((item) => item.from === 'business')
    .map(textOf);
}
