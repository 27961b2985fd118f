/** Draws one request of the past with its whole history. The same random numbers give the same request. */
import type { Category } from '../categories.ts';
import type { PastPlan } from './plan.ts';

const DAY = 86_400_000;
const YEAR = 365;
/** Days until somebody begins to work, at most, of what is closed. */
const MOST_WAITED = 0.4;

export interface Spot {
  area: string;
  latitude: number;
  longitude: number;
}

export interface PastEvent {
  type: 'service_request_opened' | 'service_request_moved' | 'service_request_rated';
  move: string | null;
  state: string | null;
  rating: number | null;
  actor: 'citizen' | 'officer';
  at: Date;
}

export interface PastRequest {
  category: Category;
  spot: Spot;
  language: string;
  createdAt: Date;
  /** Undefined while it is not closed. */
  closedAt: Date | undefined;
  level: number;
  rating: number | null;
  reopened: number;
  events: PastEvent[];
}

export interface PastWorld {
  plan: PastPlan;
  spots: readonly Spot[];
  /** Categories without children, by their top category. */
  groups: readonly (readonly [code: string, leaves: readonly Category[]])[];
  /** The year before it is drawn. */
  now: Date;
}

/** `random` gives 0 <= n < 1. */
export function drawPast(world: PastWorld, random: () => number): PastRequest {
  const { plan, now } = world;
  const pick = <Item>(from: readonly Item[]): Item | undefined => from[Math.floor(random() * from.length)];
  const leaves = weighted(world.groups, ([code]) => shareOf(plan, code, world.groups), random())?.[1] ?? [];
  const category = pick(leaves);
  const spot = pick(world.spots);
  if (category === undefined || spot === undefined) throw new RangeError('A past needs categories and spots.');
  const createdAt = drawDay(plan, now, random);
  const history = drawHistory(plan, { createdAt, now }, random);
  const language = weighted(Object.entries(plan.languages), ([, share]) => share, random())?.[0] ?? 'en';
  return { category, spot, language, createdAt, ...history };
}

function shareOf(plan: PastPlan, code: string, groups: PastWorld['groups']): number {
  const known = plan.groups[code];
  if (known !== undefined) return known;
  const rest = 1 - Object.values(plan.groups).reduce((sum, share) => sum + share, 0);
  return rest / Math.max(1, groups.filter(([each]) => plan.groups[each] === undefined).length);
}

/** A moment of the year before now, more often in the months that weigh more. */
function drawDay({ months }: PastPlan, now: Date, random: () => number): Date {
  const most = Math.max(...months);
  for (;;) {
    const at = new Date(now.getTime() - random() * YEAR * DAY);
    if (random() * most < (months[at.getUTCMonth()] ?? 0)) return at;
  }
}

type History = Pick<PastRequest, 'closedAt' | 'level' | 'rating' | 'reopened' | 'events'>;

function drawHistory(plan: PastPlan, { createdAt, now }: { createdAt: Date; now: Date }, random: () => number): History {
  const top = random() < plan.escalated.share;
  const days = drawDays(plan, random);
  const stays = top && random() >= plan.escalated.closed;
  const end = new Date(createdAt.getTime() + days * DAY);
  const [reopens, rates, stars] = [random() < plan.reopened, random() < plan.rated, random()];
  const begun = new Date(createdAt.getTime() + days * MOST_WAITED * random() * DAY);
  const events: PastEvent[] = [opened(createdAt)];
  if (begun < now) events.push(moved('start', 'in_progress', begun, 'officer'));
  const closed = !stays && end < now;
  const [reopened, closedAt] = closed ? close(events, { end, now, reopens }) : [0, undefined];
  const rating = closedAt !== undefined && rates ? drawRating(plan, stars) : null;
  if (closedAt !== undefined && rating !== null)
    events.push({ ...moved(null, null, later(closedAt, 0.1, now), 'citizen'), type: 'service_request_rated', rating });
  const open = Math.floor(((closedAt ?? now).getTime() - createdAt.getTime()) / DAY / plan.escalated.everyDays);
  return { closedAt, rating, reopened, events, level: top ? plan.escalated.level : Math.min(plan.escalated.level - 1, open) };
}

/** Some are opened again and closed a second time. Returns how often, and the last time. */
function close(
  events: PastEvent[],
  { end, now, reopens }: { end: Date; now: Date; reopens: boolean },
): [number, Date | undefined] {
  events.push(moved('close', 'closed', end, 'officer'));
  if (!reopens) return [0, end];
  events.push(moved('reopen', 'open', later(end, 1, now), 'citizen'));
  const again = later(end, 6, now);
  if (again.getTime() >= now.getTime()) return [1, undefined];
  events.push(moved('close', 'closed', again, 'officer'));
  return [1, again];
}

function drawDays({ closing }: PastPlan, random: () => number): number {
  const [index, { upTo }] = weighted([...closing.entries()], ([, { share }]) => share, random()) ?? [0, { upTo: 1 }];
  const from = closing[index - 1]?.upTo ?? 0;
  return from + random() * (upTo - from);
}

function drawRating({ ratings }: PastPlan, at: number): number {
  return 1 + (weighted([...ratings.entries()], ([, share]) => share, at)?.[0] ?? 0);
}

function opened(at: Date): PastEvent {
  return { type: 'service_request_opened', move: null, state: 'open', rating: null, actor: 'citizen', at };
}

function moved(move: string | null, state: string | null, at: Date, actor: PastEvent['actor']): PastEvent {
  return { type: 'service_request_moved', move, state, rating: null, actor, at };
}

function later(date: Date, days: number, now: Date): Date {
  return new Date(Math.min(date.getTime() + days * DAY, now.getTime()));
}

/** The item at a place between 0 and 1 of all their weights. */
function weighted<Item>(items: readonly Item[], weightOf: (item: Item) => number, at: number): Item | undefined {
  const weights = items.map(weightOf);
  const wanted = at * weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  for (const [index, item] of items.entries()) {
    passed += weights[index] ?? 0;
    if (wanted < passed) return item;
  }
  return items.at(-1);
}
