import { freshId, parkMessage } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { runHazir } from '../support/command.ts';
import { openStage, type Stage, textOf } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
const parked = (...args: string[]) => runHazir(stage.database, ['parked', ...args]);
const bubbles = (citizen: string) => stage.control.messages(citizen).filter((item) => item.from === 'business');
const one = async (text: string, values: unknown[] = []) =>
  (await stage.database.query<Record<string, unknown>>(text, values)).rows[0];

describe('a message whose turn breaks', () => {
  const phone = '919990008101';
  let id: string;
  let citizen: string;

  beforeAll(async () => {
    await stage.database.query(`
      create function refuse() returns trigger language plpgsql as $$ begin
        if new.content like '%poison%' then raise exception 'refused for 919990008101 "poison"'; end if; return new; end $$;
      create trigger refuse before insert on messages for each row execute function refuse()`);
    citizen = stage.control.addCitizen({ name: 'Ill (demo)', phone }).id;
    await stage.say(citizen, 'poison');
    id = String((await one('select id from parked_messages'))?.id);
  });

  test('is listed with its reason and age', async () => {
    const { stdout, code } = await parked('list');
    expect(stdout).toMatch(new RegExp(`${id} +demo-mumbai +inbound +[\\d.]+ m?s ago +turn:failed`));
    expect(code).toBe(0);
    expect(JSON.parse((await parked('list', '--json', '--reason', 'send:')).stdout)).toEqual([]);
  });

  test('is shown without the citizen’s number, name and words, unless they are asked for', async () => {
    const hidden = (await parked('show', id)).stdout;
    expect(hidden).toContain('turn:failed');
    expect(hidden).toContain('message_received');
    for (const secret of [phone, 'poison', 'Ill', 'wamid']) expect(hidden).not.toContain(secret);
    const open = (await parked('show', id, '--reveal')).stdout;
    for (const secret of [phone, 'poison', 'Ill']) expect(open).toContain(secret);
  });

  test('is answered after the cause is gone and it is tried again, once', async () => {
    await stage.database.query('drop trigger refuse on messages');
    expect(bubbles(citizen).map(textOf)).toEqual([expect.stringContaining('Sorry')]);
    const first = await parked('retry', id, '--yes');
    expect(first.stdout).toContain('1 message back in the queue');
    await expect.poll(() => bubbles(citizen).length, { timeout: 10_000 }).toBe(2);
    const second = await parked('retry', id, '--yes');
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('[usage:parked]')]);
    await stage.quiet();
    expect(bubbles(citizen)).toHaveLength(2);
    expect(await one('select decision, message_id from parked_decisions')).toMatchObject({ decision: 'retried', message_id: id });
  });
});

describe('messages that could not be sent', () => {
  const park = async (reason: string, accepted = false) => {
    const contactId = String((await one('select id from contacts limit 1'))?.id);
    const channel = await one('select id, organization_id from channels limit 1');
    const key = {
      organizationId: Number(channel?.organization_id),
      channelId: Number(channel?.id),
      contactId,
      id: freshId(Date.now()),
    };
    const payload = JSON.stringify({ content: { type: 'text', text: `About ${reason}` } });
    await stage.database.query(
      `insert into messages (organization_id, contact_id, id, channel_id, outbound, content, failed_at, accepted_at) values ($1, $2, $3, $4, true, $5, now(), $6)`,
      [key.organizationId, contactId, key.id, key.channelId, payload, accepted ? new Date() : null],
    );
    await parkMessage(stage.database, { ...key, direction: 'outbound', reason, detail: 'x', payload: '', lane: 'notification' });
    return key.id;
  };

  test('are put back into the outbox, due, in their lane; one that the provider has is not sent again', async () => {
    const waiting = await park('send:130472');
    const arrived = await park('send:network', true);
    await stage.database.query(`update channels set stopped_reason = 'held by the test'`);
    const { stdout } = await parked('retry', '--all', '--direction', 'outbound', '--yes', '--json');
    expect(JSON.parse(stdout)).toEqual({ retried: 1, alreadySent: 1 });
    expect(await one('select state, attempt, doubts, lane, payload from outbox where id = $1', [waiting])).toEqual({
      ...{ state: 1, attempt: 0, doubts: 0, lane: 2, payload: expect.stringContaining('About send:130472') },
    });
    expect(await one('select failed_at from messages where id = $1', [waiting])).toEqual({ failed_at: null });
    expect(await one('select 1 from outbox where id = $1', [arrived])).toBeUndefined();
    await stage.database.query('delete from outbox; update channels set stopped_reason = null');
  });

  test('are dropped only when told so, and who did it is kept', async () => {
    const id = await park('send:131026');
    const unasked = await parked('drop', id);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('[usage:confirm]')]);
    expect((await parked('drop', '--all', '--reason', 'send:131026', '--yes')).stdout).toContain('1 message dropped');
    expect(await one('select reason, decided_by, decided_at from parked_decisions where message_id = $1', [id])).toEqual({
      ...{ reason: 'send:131026', decided_by: expect.stringMatching(/./), decided_at: expect.any(Date) },
    });
    expect((await parked('list')).stdout).toBe('Nothing is parked.\n');
  });

  test.each([
    [['retry'], 'usage:parked'],
    [['show', 'nonsense'], 'usage:parked'],
    [['list', '--since', 'yesterday'], 'usage:since'],
  ])('%j is answered with the remedy', async (args, code) => {
    const wrong = await parked(...args);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(`[${code}]`)]);
  });
});
