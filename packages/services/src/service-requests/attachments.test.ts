/** What an officer sees of the photos that came with a request. */
import { type Database, expectFile, freshId, type MessageFile, recordFile } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { listAttachments } from './attachments.ts';
import { findByReference } from './records.ts';
import { openTestDesk, POTHOLE, START, type TestDesk } from './testing.ts';

const TAKEN = new Date('2026-11-22T08:50:00Z');

let database: Database;
let desk: TestDesk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

async function openWithPhoto(fetched?: Parameters<typeof recordFile>[2]): Promise<{ reference: string; messageId: string }> {
  const subject = desk.somebody();
  const messageId = freshId(START.getTime());
  const { organizationId } = desk;
  const file: MessageFile = { organizationId, contactId: subject.contactId, messageId, channelId: 1, providerMediaId: 'm' };
  await expectFile(database, file);
  if (fetched !== undefined) await recordFile(database, file, fetched);
  return { reference: await desk.open(subject, undefined, { ...POTHOLE, attachments: [messageId] }), messageId };
}

async function attachmentsOf(reference: string) {
  const row = await findByReference(database, desk.organizationId, { reference });
  return row === undefined ? undefined : listAttachments(database, row);
}

const photo = (hash: string) => ({ hash, mimeType: 'image/jpeg', bytes: 1_000 });

test('a photo with its time and its distance from the place of the request', async () => {
  const position = { latitude: 19.0278, longitude: 72.8386 };
  const { reference, messageId } = await openWithPhoto({ ...photo('a1'), position, takenAt: TAKEN });
  expect(await attachmentsOf(reference)).toEqual([
    { messageId, hash: 'a1', mimeType: 'image/jpeg', error: null, takenAt: TAKEN, metres: 111, alsoWith: [] },
  ]);
});

test('the same photo with two requests is noticed on both; a third one is not meant', async () => {
  const one = await openWithPhoto(photo('b1'));
  const other = await openWithPhoto(photo('b1'));
  const third = await openWithPhoto(photo('b2'));
  expect(await attachmentsOf(one.reference)).toMatchObject([{ alsoWith: [other.reference], takenAt: null, metres: null }]);
  expect(await attachmentsOf(other.reference)).toMatchObject([{ alsoWith: [one.reference] }]);
  expect(await attachmentsOf(third.reference)).toMatchObject([{ alsoWith: [] }]);
});

test('a photo that is not there yet, and one that was too large', async () => {
  const waiting = await openWithPhoto();
  expect(await attachmentsOf(waiting.reference)).toMatchObject([{ hash: null, error: null, alsoWith: [] }]);
  const lost = await openWithPhoto({ error: 'The file is larger than 25000000 bytes.' });
  expect(await attachmentsOf(lost.reference)).toMatchObject([{ hash: null, error: expect.stringContaining('larger') }]);
});
