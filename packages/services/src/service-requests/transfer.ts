/**
 * "Not ours": hands a request to another department, area or post. The clock goes on. What comes back to where it was sent
 * away from goes round in circles: the fall-back queue takes it then, and where that sends it, it stays.
 */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import { done, failed, type Outcome } from '../define-operation.ts';
import { lifeCycleOf, matterOf, type RequestDesk } from './desk.ts';
import { listLeft } from './history.ts';
import { type Acting, findToChange, type MoveInput, makeMove, moveThat } from './move.ts';
import type { RequestChange } from './record-event.ts';
import { keyOf, type RequestRow } from './records.ts';
import { findResponsible } from './responsibility/responsibility.ts';

export interface TransferInput extends Omit<MoveInput, 'move' | 'reason' | 'photos'> {
  /** What changes: at least one of them. */
  to: { category?: string | undefined; department?: string | undefined; area?: string | undefined; post?: string | undefined };
}

interface Destination {
  service_code: string;
  area: string | null;
  department: string;
  post: string | null;
}

/** Transfers a request, with a note that says why. */
export async function transferRequest(tx: Tx, desk: RequestDesk, given: TransferInput & Acting): Promise<Outcome<RequestRow>> {
  const found = await findToChange(tx, given);
  if (!found.ok) return found;
  const row = found.value;
  const move = moveThat(lifeCycleOf(desk, row.service_code), 'transfer');
  if (move === undefined) return failed('service-requests:unknown-move', 'Requests of this category are not transferred.');
  const wanted = destinationOf(desk, row, given.to);
  if (!wanted.ok) return wanted;
  const judged = await judge(tx, desk, { row, wanted: wanted.value, given });
  return judged.ok ? makeMove(tx, desk, { row, move, given: { ...given, move: move.code }, besides: judged.value }) : judged;
}

function destinationOf(desk: RequestDesk, row: RequestRow, to: TransferInput['to']): Outcome<Destination> {
  const { responsibility, categories } = desk;
  const category = categories.byCode(to.category ?? row.service_code);
  if (to.category !== undefined && category === undefined)
    return failed('service-requests:unknown-category', 'No category has this code.');
  if (category !== undefined && categories.childrenOf(category.code).length > 0)
    return failed('service-requests:category-not-final', 'The category has children: one of them must be chosen.');
  if (to.department !== undefined && responsibility.posts.size > 0 && !responsibility.departments.has(to.department))
    return failed('service-requests:unknown-department', `There is no department "${to.department}".`);
  const post = to.post === undefined ? undefined : responsibility.posts.get(to.post);
  if (to.post !== undefined && post === undefined)
    return failed('service-requests:unknown-post', `There is no post "${to.post}".`);
  const area = to.area ?? row.area;
  const service_code = category?.code ?? row.service_code;
  const kept = to.category === undefined ? matterOf(desk, row).department : (category?.department ?? '');
  const matter = { serviceCode: service_code, area, department: post?.department ?? to.department ?? kept };
  const responsible =
    post === undefined ? findResponsible(responsibility, matter) : { department: post.department, post: post.code };
  if (
    service_code === row.service_code &&
    area === row.area &&
    responsible.department === row.department &&
    responsible.post === row.post
  )
    return failed('service-requests:transfer-nowhere', 'The request is there already.');
  return done({ service_code, area, ...responsible });
}

/** What the transfer changes and leaves in the history; turned to the fall-back queue when it would go round. */
async function judge(
  tx: Tx,
  desk: RequestDesk,
  { row, wanted, given }: { row: RequestRow; wanted: Destination; given: TransferInput & Acting },
): Promise<Outcome<{ change: RequestChange; details: JsonObject }>> {
  const { fallback } = desk.responsibility;
  const decides = given.actor.as === 'system' || (row.department !== null && row.department === fallback);
  const leaves = wanted.department !== row.department || wanted.area !== row.area;
  if (leaves && row.settled && !decides)
    return failed('service-requests:transfer-settled', 'The fall-back queue has decided that the request belongs here.');
  const left = leaves && !decides ? await listLeft(tx, keyOf(row)) : [];
  const circles = left.some(({ department, area }) => department === wanted.department && area === wanted.area);
  if (circles && fallback === undefined)
    return failed('service-requests:transfer-loop', 'The request was sent away from there before.');
  const to = circles && fallback !== undefined ? fallBack(desk, row, fallback) : wanted;
  const details = { from: placeOf(row), to: placeOf(to), ...(circles && { wanted: placeOf(wanted) }) };
  return done({
    change: { ...to, settled: row.settled || (decides && leaves) },
    details: leaves ? details : { assigned: placeOf(to) },
  });
}

function fallBack(desk: RequestDesk, { service_code, area }: RequestRow, department: string): Destination {
  return { service_code, area, ...findResponsible(desk.responsibility, { department, serviceCode: service_code, area }) };
}

function placeOf({
  service_code: category,
  department,
  area,
  post,
}: Pick<RequestRow, 'service_code' | 'department' | 'area' | 'post'>): JsonObject {
  return { category, department, area, post };
}
