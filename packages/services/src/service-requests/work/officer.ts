/** An officer at work in the chat: whoever writes from the phone of a post. */
import type { OperationContext } from '@hazir/store';
import { done, failed, type Outcome } from '../../define-operation.ts';
import type { Actor } from '../actor.ts';
import { findTyped, type RequestDesk } from '../desk.ts';
import type { RequestRow } from '../records.ts';
import { postOfContact } from '../responsibility/post-of-phone.ts';
import type { Post } from '../responsibility/responsibility.ts';

export interface Officer {
  post: Post;
  actor: Extract<Actor, { as: 'officer' }>;
}

/** Fails for whoever holds no post. */
export async function findOfficer(desk: RequestDesk, { tx, subject }: OperationContext): Promise<Outcome<Officer>> {
  const post = await postOfContact(tx, desk.responsibility.posts, subject);
  if (post === undefined) return failed('service-requests:no-post', 'This phone is of no post.');
  return done({ post, actor: { as: 'officer', id: `phone of ${post.code}`, post: post.code } });
}

/** The officer and the request, which is locked. */
export async function findWork(
  desk: RequestDesk,
  reference: string,
  context: OperationContext,
): Promise<Outcome<{ officer: Officer; row: RequestRow }>> {
  const officer = await findOfficer(desk, context);
  if (!officer.ok) return officer;
  const found = await findTyped(desk, reference, context);
  return found.ok ? done({ officer: officer.value, row: found.value }) : found;
}
