/** Plays one conversation over the wire and says what came out differently, with file and line. */
import { type ConversationTest, matchConversationStep, type Session } from '@hazir/flow';
import { actAsCitizen, arrivedAfter, latestSeq, type Scene } from './act.ts';
import { actAsOfficer } from './act-as-officer.ts';
import { newActor, type TestStage } from './stage.ts';

export interface Mismatch {
  file: string;
  line: number;
  sentence: string;
}

export interface ConversationResult {
  title: string;
  file: string;
  mismatches: Mismatch[];
  /** Messages that the citizen sent. */
  sent: number;
}

/** What happens to a citizen, who sends nothing. */
const NOT_SENT: readonly string[] = ['wait', 'wait_until', 'answer'];

/** A conversation ends at its first difference: what comes after it would be about something else. */
export async function runConversation(stage: TestStage, test: ConversationTest): Promise<ConversationResult> {
  await stage.begin();
  const scene: Scene = { actor: await newActor(stage, test), captured: {} };
  let seen = latestSeq(scene.actor);
  let sent = 0;
  const result = (mismatches: Mismatch[]): ConversationResult => ({ title: test.title, file: test.file, mismatches, sent });
  for (const step of test.steps) {
    const at = { file: test.file, line: step.line };
    if (step.type === 'hazir') {
      const sentences = await compare(scene, { expected: step.expected, seen });
      if (sentences.length > 0) return result(sentences.map((sentence) => ({ ...at, sentence })));
      seen = latestSeq(scene.actor);
    } else {
      if (step.type === 'citizen') seen = latestSeq(scene.actor);
      if (step.type === 'citizen' && !NOT_SENT.includes(step.act.type)) sent += 1;
      const refused = step.type === 'citizen' ? await actAsCitizen(scene, step.act) : await actAsOfficer(scene, step.act);
      if (refused !== undefined) return result([{ ...at, sentence: refused }]);
    }
  }
  return result([]);
}

type Expected = Parameters<typeof matchConversationStep>[0];

async function compare(scene: Scene, { expected, seen }: { expected: Expected; seen: number }): Promise<string[]> {
  const { actor } = scene;
  const text = await actor.session();
  const session: Session | null = text === null ? null : JSON.parse(text);
  const about = {
    pack: actor.stage.pack,
    language: session?.language ?? (await actor.language()),
    captured: scene.captured,
    session,
  };
  const { mismatches, captured } = matchConversationStep(expected, arrivedAfter(actor, seen), about);
  scene.captured = captured;
  return mismatches;
}
