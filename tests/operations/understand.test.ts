import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runHazir } from '../support/command.ts';
import { openStage, type Stage } from '../support/stage.ts';

const ORGANIZATION = ['--organization', 'demo-mumbai'];
let stage: Stage;
let messageId: string;
const understand = (...args: string[]) => runHazir(stage.database, ['understand', ...args]);
const misses = async (...args: string[]) => JSON.parse((await understand('misses', ...ORGANIZATION, '--json', ...args)).stdout);

beforeAll(async () => {
  stage = await openStage({ pack: '../../../packs/mumbai' });
  const citizen = stage.control.addCitizen({ name: 'Unheard (demo)', phone: '919990008301' }).id;
  for (const text of ['Hi', 'English', 'passport renewal zzkt 2341 2341 2346', 'ward officer number 400028', '400028'])
    await stage.say(citizen, text);
  messageId = (await misses())[0]?.messageId;
});

describe('what was missed', () => {
  test('is listed without the words, unless they are asked for', async () => {
    expect(await misses()).toEqual([
      expect.objectContaining({ outcome: 'fallback', did: 'nothing', script: 'Latin', words: 6, language: 'en' }),
    ]);
    const hidden = (await understand('misses', ...ORGANIZATION)).stdout;
    expect(hidden).toContain(messageId);
    expect(hidden).not.toContain('passport');
  });

  test('is listed with the words for who asks, and beside what was understood', async () => {
    expect((await understand('misses', ...ORGANIZATION, '--reveal')).stdout).toContain('passport renewal zzkt XXXX XXXX 2346');
    expect((await misses('--all')).map(({ did }: { did: string }) => did)).toContain('opened');
  });

  test('no event and no row anywhere holds the identity number', async () => {
    const { rows } = await stage.database.query<{ found: string }>(
      `select content as found from messages union all select data from conversation_events union all select coalesce(session, '') from conversations`,
    );
    const all = rows.map(({ found }) => found).join('\n');
    expect(all).toContain('XXXX XXXX 2346');
    expect(all).not.toMatch(/2341.?2341/);
  });

  test('gets a label, leaves the list, and comes out as a phrase of a pack', async () => {
    const labelled = await understand('label', messageId, 'talk_to_person', ...ORGANIZATION);
    expect([labelled.stderr, labelled.stdout]).toEqual(['', expect.stringContaining('talk_to_person (en)')]);
    expect(await misses()).toEqual([]);
    const better = ['--phrase', 'how do I renew my passport', '--language', 'en'];
    await understand('label', messageId, 'talk_to_person', ...ORGANIZATION, ...better);
    const { stdout } = await understand('export', ...ORGANIZATION);
    expect(stdout).toContain('# phrases/en.yaml');
    expect(parse(stdout)).toEqual({ talk_to_person: ['how do I renew my passport'] });
  });

  test('may belong to no flow', async () => {
    expect((await understand('label', messageId, 'none', ...ORGANIZATION)).stdout).toContain('no flow');
    expect((await understand('export', ...ORGANIZATION)).stdout).toContain('No phrase has a label');
  });

  test('needs an id, words and an organization that exist', async () => {
    const unknown = await understand('label', '00000000-0000-7000-8000-000000000000', 'thanks', ...ORGANIZATION);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('[usage:no-words]')]);
    expect((await understand('misses', '--organization', 'nowhere')).stderr).toContain('[usage:organization]');
    expect((await understand()).code).toBe(2);
  });
});

test('a decision is explained with what is found, suggested and not asked for', async () => {
  const told = JSON.parse((await understand('ward officer ka number 400028', '--pack', 'mumbai', '--json')).stdout);
  expect(told).toMatchObject({
    outcome: 'accept',
    understanding: { flow: 'find-officials' },
    entities: [{ kind: 'pin', value: '400028', answers: ['find-officials/where', 'new-complaint/where'] }],
  });
  const { stdout } = await understand('kachra nahi uthaya 3 din se 400028', '--pack', 'mumbai');
  expect(stdout).toMatch(/^accept: opens name-problem$/m);
  expect(stdout).toMatch(/^pin +400028, not asked for by new-complaint\/where$/m);
  expect(stdout).toMatch(/^suggested +garbage-not-collected/m);
});
