/** A citizen sends a photo of a document's code and is told what it is worth. */
import { revokeDocument } from '@hazir/services';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { toCbor } from '../../packages/services/src/documents/credential/cbor.ts';
import { dccCode, divocCode, pack } from '../../packages/services/src/documents/credential/foreign/testing.ts';
import { qrJpeg, qrPng } from '../support/qr-picture.ts';
import { openStage, textOf } from '../support/stage.ts';

const stage = await openStage({ pack: 'papers' });
const [asha = ''] = stage.control.state().citizens.map(({ id }) => id);

interface Paper {
  code: string;
  number: string;
  organizationId: number;
}

/** A document that the citizen got in the chat. */
async function getPaper(): Promise<Paper> {
  await stage.say(asha, 'Hi');
  await stage.say(asha, 'Asha Kulkarni');
  const { rows } = await stage.database.query<Paper>(
    'select code, number, organization_id as "organizationId" from documents order by issued_at desc limit 1',
  );
  const [paper] = rows;
  if (paper === undefined) throw new Error('no document was issued');
  return paper;
}

/** Sends a photo and returns what was said about it. */
async function sendPhoto(bytes: Buffer, mimeType = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg'): Promise<string> {
  const { mediaId } = stage.control.addMedia({ bytes, mimeType });
  const said = await stage.say(asha, { type: 'media', media: 'image', mediaId });
  if (said.length > 0) return said.map(textOf).join('\n');
  const after = Math.max(0, ...stage.control.messages(asha).map(({ seq }) => seq));
  const news = () => stage.control.messages(asha, { after }).filter(({ from }) => from === 'business');
  await expect
    .poll(
      async () => {
        await stage.quiet();
        return news().length;
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  return news().map(textOf).join('\n');
}

const paper = await getPaper();

describe('a photo of a code', () => {
  test.each([
    ['clean', () => qrPng(paper.code)],
    ['as a phone takes it', () => qrJpeg(paper.code, { scale: 5, turn: 6, noise: 30 })],
  ])('that is genuine is said to be so, with what was signed: %s', async (_, picture) => {
    const told = await sendPhoto(picture());
    expect(told).toContain(`Genuine MyGov Helpdesk Vaccination certificate ${paper.number}`);
    expect(told).toContain('Name: *Asha Kulkarni*');
  });

  test.each([
    ['changed by one character', (code: string) => `${code.slice(0, -4)}${code.at(-4) === '0' ? '1' : '0'}${code.slice(-3)}`],
    ['cut short', (code: string) => code.slice(0, -6)],
  ])('that was %s is not', async (_, change) => {
    const told = await sendPhoto(qrPng(change(paper.code)));
    expect(told).toContain('Not genuine');
    expect(told).not.toContain('Asha');
  });

  test('of something else is said to be something else', async () => {
    expect(await sendPhoto(qrPng('upi://pay?pa=shop@bank'))).toContain('it is no document');
  });

  test.each([
    [
      'of the EU, whose key nobody trusts here, is read to the citizen',
      dccCode(),
      {},
      ['Unknown issuer', 'Name: *Erika Musterfrau*', 'Vaccine: *Comirnaty*'],
    ],
    ['of Co-WIN is read, too', divocCode(), { bytes: true }, ['Unknown issuer', 'Name: *सुनीता देवी*', 'Dose: *1/2*']],
    ['that nobody has signed is said to be so', pack(toCbor({ fullName: 'Asha' })), {}, ['Not signed', 'fullName: *Asha*']],
  ])('%s', async (_, code, options, expected) => {
    const told = await sendPhoto(qrPng(code, options));
    for (const part of expected) expect(told).toContain(part);
  });

  test('that is a cat is said to show no code, and asked for again', async () => {
    const cat = new PNG({ width: 320, height: 240 });
    for (let at = 0; at < cat.data.length; at += 1) cat.data[at] = (at * 7919) % 251;
    const told = await sendPhoto(PNG.sync.write(cat));
    expect(told).toContain('I see no QR code');
    expect(told).toContain('Please send a photo of the QR code.');
  });

  test.each([
    ['damaged', () => qrPng(paper.code).subarray(0, 400)],
    ['of a size that nobody unpacks', () => huge()],
    ['no picture at all', () => Buffer.from('\u00ff\u00d8 not really')],
  ])('that is %s is said to be unusable', async (_, picture) => {
    expect(await sendPhoto(picture(), 'image/png')).toContain('could not open');
  });

  test('that was revoked is said to be taken back', async () => {
    const { organizationId, number } = paper;
    await revokeDocument(stage.database, { organizationId, number, officer: 'o', now: new Date(), reason: 'test' });
    await stage.control.advance(11_000);
    expect(await sendPhoto(qrPng(paper.code))).toContain('Taken back');
  });

  function huge(): Buffer {
    const picture = Buffer.from(qrPng(paper.code));
    picture.writeUInt32BE(100_000, 16);
    picture.writeUInt32BE(100_000, 20);
    return picture;
  }
});
