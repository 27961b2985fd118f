/** Who acts on a request, and as what the life cycle sees them. */
import type { RequestDesk } from './desk.ts';
import { matterOf } from './desk.ts';
import type { Mover } from './life-cycles/life-cycle.ts';
import type { RequestRow } from './records.ts';
import { answersFor } from './responsibility/responsibility.ts';

export type Actor =
  | { as: 'citizen' | 'follower'; contactId: string }
  /** `post` is a code of the pack's posts; without one, an officer answers for nothing where the pack has posts. */
  | { as: 'officer'; id: string; post?: string | undefined }
  /** Hazir itself, or whoever runs it; `id` says which part. */
  | { as: 'system'; id: string };

/** What the actor may move as. */
export function moversOf(desk: RequestDesk, row: RequestRow, actor: Actor): Mover[] {
  if (actor.as === 'system') return ['system', 'department', 'officer'];
  if (actor.as !== 'officer') return [actor.as];
  return isResponsible(desk, row, actor.post) ? ['department', 'officer'] : ['officer'];
}

/** As the history names the actor. */
export function actorName(actor: Actor): string {
  return 'contactId' in actor ? actor.as : actor.id;
}

function isResponsible(desk: RequestDesk, row: RequestRow, code: string | undefined): boolean {
  const { posts } = desk.responsibility;
  if (posts.size === 0) return true;
  const post = code === undefined ? undefined : posts.get(code);
  return post !== undefined && answersFor(desk.responsibility, post, { ...matterOf(desk, row), post: row.post });
}
