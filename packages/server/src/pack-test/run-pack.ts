/** Runs every conversation of a pack, one after the other, on a stage of its own. */
import { parseConversations } from '@hazir/flow';
import { compileFiles } from '../setup/compile-pack.ts';
import type { PackFiles } from '../setup/read-pack.ts';
import { type ConversationResult, runConversation } from './run-conversation.ts';
import { openTestStage } from './stage.ts';

export interface PackResult {
  conversations: ConversationResult[];
  /** Problems that kept conversations from being run. */
  problems: { file: string; line: number; sentence: string }[];
}

/** `done` is called after each conversation, for progress. */
export async function runPackTests(
  source: PackFiles,
  done: (result: ConversationResult) => void = () => undefined,
): Promise<PackResult> {
  const compiled = compileFiles(source);
  const parsed = parseConversations(source);
  const problems = [...(compiled.loaded === undefined ? compiled.problems : []), ...parsed.problems].map(
    ({ file, line, message }) => ({ file, line, sentence: message }),
  );
  if (compiled.loaded === undefined) return { conversations: [], problems };
  const stage = await openTestStage(source, compiled.loaded.pack);
  const conversations: ConversationResult[] = [];
  try {
    for (const test of parsed.conversations) {
      const result = await runConversation(stage, test);
      conversations.push(result);
      done(result);
    }
  } finally {
    await stage.close();
  }
  return { conversations, problems };
}
