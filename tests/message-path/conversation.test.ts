import { beforeAll, describe, expect, test } from 'vitest';
import { photoFrom } from '../../packages/runtime/src/files/testing.ts';
import { openStage, type Stage, textOf } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});

interface LatestFile {
  latitude: number | null;
  longitude: number | null;
  taken_at: Date | null;
  error: string | null;
  bytes: number | null;
}

describe('a citizen’s first conversation', () => {
  test('language, question, answer: one bubble a turn, and every message reaches “delivered”', async () => {
    const asha = stage.control.addCitizen({ name: 'Asha (demo)' }).id;
    const [language] = await stage.say(asha, 'Hi');
    expect(language?.body).toMatchObject({ type: 'buttons', buttons: [{ label: 'English' }, { label: 'हिन्दी' }] });
    const [fruit, ...more] = await stage.say(asha, '२');
    expect(textOf(fruit)).toBe('नमस्ते!\n\nआपको कौन सा फल पसंद है?');
    expect(more).toEqual([]);
    const [chosen] = await stage.say(asha, 'आम');
    expect(textOf(chosen)).toContain('mango');
  });

  test('a tap is understood by its id', async () => {
    const citizen = stage.control.addCitizen({ name: 'Tapper (demo)' }).id;
    const [language] = await stage.say(citizen, 'Hi');
    const [fruit] = await stage.say(citizen, {
      type: 'tap',
      choiceId: 'welcome/choose-language/en',
      replyTo: language?.wamid ?? '',
    });
    const [chosen] = await stage.say(citizen, { type: 'tap', choiceId: 'welcome/fruit/mango', replyTo: fruit?.wamid ?? '' });
    expect(textOf(chosen)).toBe('You chose mango.');
  });

  test('what makes no sense gets a kind second question, and after two a way out', async () => {
    const citizen = stage.control.addCitizen({ name: 'Lost (demo)' }).id;
    await stage.say(citizen, 'Hi');
    await stage.say(citizen, 'English');
    const [second] = await stage.say(citizen, 'asdfgh');
    expect(textOf(second)).toContain('Please tap one of the options');
    const [third] = await stage.say(citizen, 'qwerty');
    expect(JSON.stringify(third?.body)).toContain('Talk to a person');
  });

  test.each([
    ['by user id only', { name: 'Nameless (demo)', username: 'nameless', identityMode: 'user_id_only' as const }],
    ['by phone only', { name: 'Old phone (demo)', identityMode: 'phone' as const }],
  ])('a citizen known %s is answered', async (_how, citizen) => {
    const { id } = stage.control.addCitizen(citizen);
    const [language] = await stage.say(id, 'Hi');
    expect(language?.body.type).toBe('buttons');
  });

  test('a new number keeps the conversation, its old number begins anew with its new owner', async () => {
    const mover = stage.control.addCitizen({ name: 'Mover (demo)', phone: '919990007001' }).id;
    await stage.say(mover, 'Hi');
    await stage.say(mover, 'English');
    stage.control.changeCitizen(mover, { phone: '919990007002' });
    await stage.quiet();
    const [chosen] = await stage.say(mover, 'Apple');
    expect(textOf(chosen)).toBe('You chose apple.');
    const newOwner = stage.control.addCitizen({ name: 'New owner (demo)', phone: '919990007001' }).id;
    const [first] = await stage.say(newOwner, 'Apple');
    expect(first?.body.type).toBe('buttons');
    expect(textOf(first)).not.toContain('apple');
  });

  test('a photo is fetched at once and kept by its hash', async () => {
    const citizen = stage.control.addCitizen({ name: 'Photographer (demo)' }).id;
    const { mediaId } = stage.control.addMedia({
      bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]),
      mimeType: 'image/jpeg',
    });
    await stage.say(citizen, { type: 'media', media: 'image', mediaId });
    await expect
      .poll(async () => (await stage.database.query('select hash, mime_type from message_files join files using (hash)')).rows, {
        timeout: 10_000,
      })
      .toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/), mime_type: 'image/jpeg' }]);
  });

  test('a photo that is sent as a document tells its place and time, which are not in what is kept', async () => {
    const citizen = stage.control.addCitizen({ name: 'Surveyor (demo)' }).id;
    const bytes = photoFrom({ latitude: 19.0268, longitude: 72.8386 });
    const { mediaId } = stage.control.addMedia({ bytes, mimeType: 'image/jpeg' });
    await stage.say(citizen, { type: 'media', media: 'document', mediaId });
    await expect
      .poll(() => latestFile(), { timeout: 10_000 })
      .toMatchObject({
        latitude: expect.closeTo(19.0268, 5),
        longitude: expect.closeTo(72.8386, 5),
        taken_at: new Date('2026-11-22T09:15:10Z'),
        bytes: expect.any(Number),
      });
    expect((await latestFile())?.bytes).toBeLessThan(bytes.length);
  });

  test('a file that is too large is given up at once, with the reason', async () => {
    const citizen = stage.control.addCitizen({ name: 'Film maker (demo)' }).id;
    const { mediaId } = stage.control.addMedia({ bytes: new Uint8Array(25_000_001), mimeType: 'application/pdf' });
    await stage.say(citizen, { type: 'media', media: 'document', mediaId });
    await expect
      .poll(() => latestFile(), { timeout: 10_000 })
      .toMatchObject({ error: 'The file is larger than 25000000 bytes.', bytes: null });
    await expect
      .poll(() => textOf(stage.control.messages(citizen).at(-1)), { timeout: 10_000 })
      .toBe('That file is too large for me to keep. Please send one of at most 25 MB, or a photo of it.');
  });

  async function latestFile(): Promise<LatestFile | undefined> {
    const { rows } = await stage.database.query<LatestFile>(
      `select latitude, longitude, taken_at, error, bytes::int from message_files left join files using (organization_id, hash)
        where fetched_at is not null order by fetched_at desc limit 1`,
    );
    return rows[0];
  }
});
