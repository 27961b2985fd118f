import { readFile } from 'node:fs/promises';
import { HazirError } from '@hazir/core';
import { isPicture, publishTrust, readPicture, readTrust, verifyDocument } from '@hazir/services';
import type { Database } from '@hazir/store';

const HINT = { hint: 'Give reference and secret, or a picture (PNG, JPEG) of the code on the slip.' };

/** Reference and secret of a slip that this server has signed, by a picture of its code. Throws `usage:appointments`. */
export async function readSlip(database: Database, file: string): Promise<{ reference: string; secret: string }> {
  const bytes = await readFile(file).catch(() => {
    throw new HazirError('usage:appointments', `There is no secret, and no file ${file}.`, HINT);
  });
  const code = isPicture(bytes) ? readPicture(bytes) : undefined;
  const now = new Date();
  const trust = readTrust(await publishTrust(database, now));
  const found = verifyDocument(code ?? '', { trust, now: Math.floor(now.getTime() / 1_000) });
  const { reference, secret } = found.verdict === 'valid' && 'document' in found ? found.document.fields : {};
  if (reference === undefined || secret === undefined)
    throw new HazirError('usage:appointments', 'The picture shows no slip of an appointment that is valid.', HINT);
  return { reference, secret };
}
