import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseConversations } from '@hazir/flow';
import { afterAll, describe, expect, test } from 'vitest';
import { runConversation } from '../../packages/server/src/pack-test/run-conversation.ts';
import { openTestStage, type TestStage } from '../../packages/server/src/pack-test/stage.ts';
import { compileFiles } from '../../packages/server/src/setup/compile-pack.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';

describe.each(readdirSync(PACKS_DIR))('the pack %s', async (name) => {
  const source = await readPack(join(PACKS_DIR, name));
  const { loaded, problems } = compileFiles(source);
  const { conversations, problems: unread } = parseConversations(source);
  let stage: Promise<TestStage> | undefined;
  const open = () => {
    if (loaded === undefined) throw new Error('the pack is not sound');
    stage ??= openTestStage(source, loaded.pack);
    return stage;
  };
  afterAll(async () => (await stage)?.close());

  test('has no problem', () => expect([...problems, ...unread]).toEqual([]));

  test('has conversations', () => expect(conversations.length).toBeGreaterThan(0));

  test.each(conversations.map((conversation) => [conversation.title, conversation] as const))(
    '%s',
    async (_title, conversation) => {
      const { mismatches } = await runConversation(await open(), conversation);
      expect(mismatches).toEqual([]);
    },
  );
});
