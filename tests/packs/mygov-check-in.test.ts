/** The slip of a booking, from the citizen's phone to the desk of the centre: its code lets them in, once, there and then. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ChatItem } from '@hazir/simulator';
import { expect, test } from 'vitest';
import { untilMorning } from '../../packages/server/src/pack-test/clock.ts';
import { runHazir } from '../support/command.ts';
import { qrJpeg } from '../support/qr-picture.ts';
import { openStage, textOf } from '../support/stage.ts';

const stage = await openStage({ pack: '../../../packs/mygov' });
const { control, database } = stage;
const { id: asha } = control.addCitizen({ name: 'Asha (demo)' });
const { id: desk } = control.addCitizen({ name: 'Dwarka desk (demo)', phone: '919990000090' });
const { id: stranger } = control.addCitizen({ name: 'Somebody (demo)' });
await control.advance(untilMorning({ now: control.state().now, timeZone: 'Asia/Kolkata' }));
await stage.served.tend();

/** Says something and returns all that comes, also what comes after the turn. */
async function say(who: string, message: Parameters<typeof stage.say>[1], holds: RegExp): Promise<string> {
  const after = Math.max(0, ...control.messages(who).map(({ seq }) => seq));
  const told = () =>
    control
      .messages(who, { after })
      .filter(({ from }) => from === 'business')
      .map(wordsOf)
      .join('\n');
  await stage.say(who, message);
  await expect
    .poll(
      async () => {
        await stage.quiet();
        return told();
      },
      { timeout: 20_000 },
    )
    .toMatch(holds);
  return told();
}

function wordsOf(item: ChatItem): string {
  return item.body.type === 'media' ? `[${item.body.fileName}] ${item.body.caption ?? ''}` : textOf(item);
}

async function sendSlip(who: string, code: string, holds: RegExp): Promise<string> {
  const { mediaId } = control.addMedia({ bytes: qrJpeg(code, { scale: 5, turn: 4, noise: 20 }), mimeType: 'image/jpeg' });
  return say(who, { type: 'media', media: 'image', mediaId }, holds);
}

async function start(who: string): Promise<void> {
  await say(who, 'Hi', /choose|भाषा/i);
  await say(who, 'English', /MyGov Helpdesk/);
}

async function book(pin: string): Promise<{ reference: string; secret: string; code: string }> {
  await say(asha, 'book a vaccination', /name|for/i);
  await say(asha, pin === '110075' ? 'Asha Devi 1962' : '2', /./);
  if (pin !== '110075') await say(asha, 'Ravi Devi 1960', /./);
  for (const answer of ['1', '1']) await say(asha, answer, /./);
  await say(asha, '1234', /PIN code/i);
  await say(asha, pin, /./);
  await say(asha, '1', /./);
  await say(asha, '1', /check/i);
  const told = await say(asha, 'yes', /Booking slip \d{4}-\d{4}-\d{4}\.pdf/);
  const [, reference = ''] = /Reference: \*(\d{8})\*/.exec(told) ?? [];
  const [, secret = ''] = /Secret code: \*(\d{4})\*/.exec(told) ?? [];
  const { rows } = await database.query<{ code: string }>(`select code from documents where fields->>'reference' = $1`, [
    reference,
  ]);
  return { reference, secret, code: rows[0]?.code ?? '' };
}

test('the desk takes a photo of the slip: in, once, and only at its own centre and time', async () => {
  for (const who of [asha, desk, stranger]) await start(who);
  const dwarka = await book('110075');
  const lucknow = await book('226005');

  // Anybody else learns that the slip is genuine, and nobody is let in.
  expect(await sendSlip(stranger, dwarka.code, /Genuine/)).toContain('Asha Devi');
  expect(await sendSlip(desk, lucknow.code, /another centre/)).toContain('Alambagh');
  expect(await sendSlip(desk, dwarka.code, /Has come/)).toMatch(new RegExp(`Asha Devi[\\s\\S]*${dwarka.reference}`));
  expect(await sendSlip(desk, dwarka.code, /Had come already/)).toContain(dwarka.reference);
  const { rows } = await database.query<{ reference: string }>(`select reference from appointments where status = 'checked_in'`);
  expect(rows).toEqual([{ reference: dwarka.reference }]);
});

test('without a slip the desk types reference and secret; wrong ones are told, others may not', async () => {
  const { rows } = await database.query<{ reference: string; secret: string }>(
    `select reference, secret from appointments where status = 'checked_in'`,
  );
  const [{ reference = '', secret = '' } = {}] = rows;
  await say(desk, 'check in', /eight digits/);
  await say(desk, '12', /secret code/);
  expect(await say(desk, '3456', /no reference/)).toContain('eight digits');
  await say(desk, `${reference.slice(0, 4)} ${reference.slice(4)}`, /secret code/);
  await say(desk, secret === '0000' ? '0001' : '0000', /does not fit/);
  await say(desk, secret, /Had come already/);
  await say(stranger, 'check in', /eight digits/);
  await say(stranger, reference, /secret code/);
  await say(stranger, secret, /Only the desk/);
});

test('an officer does the same by the command, with a picture of the slip', async () => {
  const { rows } = await database.query<{ code: string; reference: string }>(
    `select d.code, a.reference from documents d join appointments a on a.reference = d.fields->>'reference' where a.status = 'booked'`,
  );
  const [slip] = rows;
  // The command has the machine's clock, not the simulator's.
  await database.query(`update appointment_slots set starts_at = now(), ends_at = now() + interval '2 hours'
    where id in (select slot_id from appointments where status = 'booked')`);
  const path = join(await mkdtemp(join(tmpdir(), 'hazir-slip-')), 'slip.jpg');
  await writeFile(path, qrJpeg(slip?.code ?? ''));
  const run = (...given: string[]) => runHazir(database, ['appointments', 'check-in', ...given, '--organization', 'demo-mumbai']);
  expect((await run(path)).stdout).toBe(`${slip?.reference} has come.\n`);
  expect((await run(path)).stdout).toBe(`${slip?.reference} had come already.\n`);
  await rm(dirname(path), { recursive: true });
  expect(await run(path)).toMatchObject({ code: 2, stderr: expect.stringContaining('no secret, and no file') });
});
