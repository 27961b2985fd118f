import { above, type Post } from '../responsibility/responsibility.ts';
import type { Destination } from './policy.ts';

/** The post that a rung leads to; where fewer posts stand above, the highest of them. */
export function postAt(posts: ReadonlyMap<string, Post>, responsible: string | null, to: Destination): Post | undefined {
  if ('post' in to) return posts.get(to.post);
  const over = above(posts, responsible);
  return over[to.above - 1] ?? over.at(-1);
}
