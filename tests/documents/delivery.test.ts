/** A document on its way to the citizen: printed outside the turn, lent to WhatsApp, sent once whatever happens. */
import type { ChatItem } from '@hazir/simulator';
import { describe, expect, test } from 'vitest';
import { openStage, textOf } from '../support/stage.ts';

const stage = await openStage({ pack: 'papers' });
const [asha = '', ravi = ''] = stage.control.state().citizens.map(({ id }) => id);

function fileOf(item: ChatItem | undefined) {
  if (item?.body.type !== 'media') throw new Error('no file came');
  return item.body;
}

describe('a document that is asked for', () => {
  test('comes within two seconds as a PDF with its number', async () => {
    await stage.say(asha, 'Hi');
    const begun = performance.now();
    const [item] = await stage.say(asha, 'Asha Kulkarni');
    expect(performance.now() - begun).toBeLessThan(2_000);
    const { media, mimeType, mediaId, fileName, caption } = fileOf(item);
    expect({ media, mimeType }).toEqual({ media: 'document', mimeType: 'application/pdf' });
    const [, number] = /certificate (\d{4}-\d{4}-\d{4})\.$/.exec(caption ?? '') ?? [];
    expect(fileName).toBe(`Vaccination certificate ${number}.pdf`);
    const bytes = Buffer.from(stage.control.media(mediaId).bytes);
    expect(bytes.toString('latin1')).toContain('<pdfaid:part>3</pdfaid:part>');
  });

  test('is not begun with letters that cannot be printed', async () => {
    await stage.say(ravi, 'Hi');
    const told = await stage.say(ravi, '李明');
    expect(told.map(textOf).join('\n')).toContain('letters of India');
    const [item] = await stage.say(ravi, 'Ravi');
    expect(fileOf(item).media).toBe('document');
  });

  test('is kept nowhere: only its contents are', async () => {
    const { rows } = await stage.database.query<{ hash: string }>('select hash from uploaded_files');
    expect(rows.every(({ hash }) => hash.startsWith('documents/'))).toBe(true);
    expect(rows).toHaveLength(2);
    expect((await stage.database.query('select from files')).rowCount).toBe(0);
  });
});
