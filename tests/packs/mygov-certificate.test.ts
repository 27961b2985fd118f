/** Journey B of the MyGov pack: "covid certificate" typed anywhere, a code by SMS, the certificate as PDF, its code checked, a correction asked for. */
import { correctDocument } from '@hazir/services';
import type { ChatItem } from '@hazir/simulator';
import { freshId } from '@hazir/store';
import { describe, expect, test } from 'vitest';
import { untilMorning } from '../../packages/server/src/pack-test/clock.ts';
import { qrPng } from '../support/qr-picture.ts';
import { openStage, textOf } from '../support/stage.ts';

const stage = await openStage({ pack: '../../../packs/mygov' });
const { id: citizen } = stage.control.addCitizen({ name: 'Asha (demo)' });
const { database, control } = stage;
await control.advance(untilMorning({ now: control.state().now, timeZone: 'Asia/Kolkata' }));
await stage.served.tend();

/** Says something and returns all that comes, also what comes after the turn. */
async function say(message: string | { type: 'media'; media: 'image'; mediaId: string }, holds: RegExp): Promise<string> {
  const after = Math.max(0, ...control.messages(citizen).map(({ seq }) => seq));
  const items = (): ChatItem[] => control.messages(citizen, { after }).filter(({ from }) => from === 'business');
  await stage.say(citizen, message);
  await expect
    .poll(
      async () => {
        await stage.quiet();
        return wordsOf(items());
      },
      { timeout: 20_000 },
    )
    .toMatch(holds);
  return wordsOf(items());
}

function wordsOf(items: readonly ChatItem[]): string {
  return items.map((item) => (item.body.type === 'media' ? `[${item.body.fileName}]` : textOf(item))).join('\n');
}

/** The centre lets the newest appointment in. */
async function attend(): Promise<void> {
  await database.query(`update appointments set status = 'checked_in' where status = 'booked'`);
}

describe('a certificate', () => {
  test('is asked for in the middle of something, and given after a code that came by SMS', async () => {
    await say('Hi', /choose|भाषा/i);
    await say('English', /MyGov Helpdesk/);
    await say('covid certificate', /nobody with you who came/);
    await say('book a vaccination', /name/i);
    await say('Asha Devi 1962', /Asha Devi/);
    await say('1', /./);
    await say('1', /four digits/i);
    await say('1234', /PIN code/i);
    await say('226005', /💺|Alambagh/);
    await say('2', /./);
    await say('1', /check/i);
    await say('yes', /Booked/);
    await attend();

    const sent = await say('covid certificate', /three minutes[\s\S]*SMS|SMS[\s\S]*three minutes/);
    const [, code = ''] = /📟 SMS: .*?(\d{6})/.exec(sent) ?? [];
    expect(code).toHaveLength(6);
    const wrong = code === '111111' ? '222222' : '111111';
    expect(await say(wrong, /not the code/)).toContain('2 more tries');
    const given = await say(code, /certificate of \*Asha Devi\*/);
    const [, number = ''] = /\*Asha Devi\*: (\d{4}-\d{4}-\d{4})/.exec(given) ?? [];
    expect(given).toContain(`[Vaccination certificate ${number}.pdf]`);
    const { rows } = await database.query<{ fields: Record<string, string> }>(
      `select fields from documents where template = 'vaccination'`,
    );
    expect(rows).toEqual([{ fields: expect.objectContaining({ name: 'Asha Devi', birthYear: '1962' }) }]);
    const { rows: kept } = await database.query<{ n: number }>(
      `select count(*)::int as n from messages where outbound and content like '%' || $1 || '%'`,
      [code],
    );
    expect(kept).toEqual([{ n: 0 }]);
  });

  test('is the same when it is asked for again, with another code', async () => {
    const before = await database.query<{ number: string }>(`select number from documents where template = 'vaccination'`);
    await control.advance(31_000);
    const sent = await say('covid certificate', /📟 SMS/);
    const [, code = ''] = /📟 SMS: .*?(\d{6})/.exec(sent) ?? [];
    expect(await say(code, /certificate of/)).toContain(before.rows[0]?.number);
    expect((await database.query(`select from documents where template = 'vaccination'`)).rowCount).toBe(1);
  });

  test('is checked by a photo of its code', async () => {
    const { rows } = await database.query<{ code: string }>(`select code from documents where template = 'vaccination'`);
    const { mediaId } = control.addMedia({ bytes: qrPng(rows[0]?.code ?? ''), mimeType: 'image/png' });
    const told = await say({ type: 'media', media: 'image', mediaId }, /Genuine/);
    expect(told).toContain('Name: *Asha Devi*');
  });

  test('is corrected by an officer, once; the earlier one counts no longer', async () => {
    await say('my name is wrong on the certificate', /What is wrong/);
    await say('Name', /exactly as it stands/);
    await say('Asha Devi Verma', /told an officer/);
    const { rows } = await database.query<{ code: string; number: string; organizationId: number }>(
      `select code, number, organization_id as "organizationId" from documents where template = 'vaccination'`,
    );
    const [paper] = rows;
    if (paper === undefined) throw new Error('there is a certificate');
    const tickets = await database.query<{ topic: string; summary: string }>('select topic, summary from tickets');
    expect(tickets.rows).toEqual([
      { topic: 'certificate-correction', summary: `Certificate ${paper.number}, name: Asha Devi Verma` },
    ]);
    const act = { ...paper, officer: 'o', now: new Date(), newId: () => freshId(Date.now()), random: Math.random };
    const correct = () => database.transaction((tx) => correctDocument(tx, { ...act, field: 'name', value: 'Asha Devi Verma' }));
    expect(await correct()).toMatchObject({ ok: true });
    expect(await correct()).toMatchObject({ ok: false, error: { code: 'documents:corrected-before' } });
    await control.advance(11_000);
    const { mediaId } = control.addMedia({ bytes: qrPng(paper.code), mimeType: 'image/png' });
    expect(await say({ type: 'media', media: 'image', mediaId }, /Taken back|Genuine/)).toContain('Taken back');
  });
});
