/** Which department and which post answer for a request, and who stands above them. */
import type { Localized } from '../../data/localized.ts';

export interface Department {
  code: string;
  name: Localized;
}

export interface Post {
  code: string;
  name: Localized;
  department: string;
  /** Codes of areas and of categories; empty for all. */
  areas: readonly string[];
  categories: readonly string[];
  reportsTo: string | undefined;
  /** E.164 with a plus sign. */
  phone: string | undefined;
}

export interface Responsibility {
  departments: ReadonlyMap<string, Department>;
  /** The department that takes what nobody else answers for, and decides where it belongs. */
  fallback: string | undefined;
  posts: ReadonlyMap<string, Post>;
}

/** What is known of a request when somebody is looked for. */
export interface Matter {
  department: string;
  serviceCode: string;
  area: string | null;
}

export interface Responsible {
  department: string;
  post: string | null;
}

/**
 * The post of the department that is made for this matter: one for the category goes before one for the area, and either
 * before one for everything. With nobody in the department the fall-back queue takes it.
 */
export function findResponsible(responsibility: Responsibility, matter: Matter): Responsible {
  const { posts, fallback } = responsibility;
  const post = bestPost(posts, matter);
  if (post !== undefined) return { department: matter.department, post: post.code };
  if (posts.size === 0 || fallback === undefined) return { department: matter.department, post: null };
  return { department: fallback, post: bestPost(posts, { ...matter, department: fallback })?.code ?? null };
}

/** True when an officer on this post answers for the matter: in its department there, above its post, or in the fall-back queue. */
export function answersFor({ posts, fallback }: Responsibility, post: Post, matter: Matter & { post: string | null }): boolean {
  if (post.department === fallback) return true;
  if (post.department === matter.department && covers(post.areas, matter.area)) return true;
  return above(posts, matter.post).some(({ code }) => code === post.code);
}

/** The posts above one, the next one first. */
export function above(posts: ReadonlyMap<string, Post>, code: string | null): Post[] {
  const found: Post[] = [];
  for (let post = posts.get(code ?? ''); post?.reportsTo !== undefined; ) {
    post = posts.get(post.reportsTo);
    if (post !== undefined) found.push(post);
  }
  return found;
}

/** The posts below one, at any depth. */
export function subordinates(posts: ReadonlyMap<string, Post>, code: string): Post[] {
  return [...posts.values()].filter((post) => above(posts, post.code).some((one) => one.code === code));
}

/** The head of a department: of its posts the one that reports to nobody in it, the first of them in the file. */
export function headOf(posts: ReadonlyMap<string, Post>, department: string): Post | undefined {
  return [...posts.values()].find(
    (post) => post.department === department && posts.get(post.reportsTo ?? '')?.department !== department,
  );
}

function bestPost(posts: ReadonlyMap<string, Post>, { department, serviceCode, area }: Matter): Post | undefined {
  let best: { post: Post; fit: number } | undefined;
  for (const post of posts.values()) {
    if (post.department !== department || !covers(post.areas, area) || !covers(post.categories, serviceCode)) continue;
    const fit = (post.categories.length > 0 ? 2 : 0) + (post.areas.length > 0 ? 1 : 0);
    if (best === undefined || fit > best.fit) best = { post, fit };
  }
  return best?.post;
}

function covers(codes: readonly string[], code: string | null): boolean {
  return codes.length === 0 || (code !== null && codes.includes(code));
}
