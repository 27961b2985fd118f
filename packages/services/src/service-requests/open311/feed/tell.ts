/** Tells a department what citizens have done meanwhile with a request that it has: not fixed, withdrawn, more words. */
import type { Tx } from '@hazir/store';
import { textIn } from '../../../data/localized.ts';
import { lifeCycleOf, type RequestDesk } from '../../desk.ts';
import type { Range } from '../protocol/filter.ts';
import { writeMoment } from '../protocol/moments.ts';
import { openOrClosed } from '../status.ts';
import { type Ask, isRefused, postCall } from './calls.ts';
import type { Forward } from './forward-settings.ts';

export interface Department {
  organizationId: number;
  desk: RequestDesk;
  forward: Forward;
}

interface CitizensAct {
  id: string;
  foreignId: string;
  serviceCode: string;
  kind: string;
  move: string | null;
  note: string | null;
  happenedAt: Date;
}

const MOST = 200;

/** False when the server could not be told: the same is told again, under the same ids, with the next turn. */
export async function tellDepartment(
  tx: Tx,
  ask: Ask,
  { department, range }: { department: Department; range: Range },
): Promise<boolean> {
  const { organizationId, forward } = department;
  for (const act of await citizensActs(tx, department, range)) {
    const { result } = await ask(
      postCall(forward, { path: 'servicerequestupdates.xml', id: act.id, fields: fieldsOf(department, act) }),
      organizationId,
    );
    if (!result.ok && !isRefused(result.error.code)) return false;
  }
  return true;
}

async function citizensActs(tx: Tx, { organizationId, forward }: Department, { from, to }: Range): Promise<CitizensAct[]> {
  const { rows } = await tx.query<CitizensAct>(
    `select e.id, f.foreign_id as "foreignId", r.service_code as "serviceCode", r.kind, e.move, e.note, e.happened_at as "happenedAt"
       from service_request_events e
       join open311_forwards f on f.organization_id = e.organization_id and f.contact_id = e.contact_id and f.request_id = e.request_id
       join service_requests r on r.organization_id = e.organization_id and r.contact_id = e.contact_id and r.id = e.request_id
      where e.organization_id = $1 and e.happened_at > $3 and e.happened_at <= $4 and f.system = $2 and f.foreign_id is not null
        and e.actor in ('citizen', 'follower') and (e.move is not null or e.note is not null)
      order by e.happened_at, e.id limit ${MOST}`,
    [organizationId, forward.system, from, to],
  );
  return rows;
}

function fieldsOf(
  { desk }: Department,
  { id, foreignId, serviceCode, kind, move, note, happenedAt }: CitizensAct,
): Record<string, string> {
  const told = lifeCycleOf(desk, serviceCode).moves.find(({ code }) => code === move)?.told;
  const said = told === undefined ? '' : textIn(told, desk.defaultLanguage, desk.defaultLanguage);
  return {
    ...{ service_request_id: foreignId, update_id: id, updated_datetime: writeMoment(happenedAt) },
    ...{ status: openOrClosed(kind).toUpperCase(), description: [said, note ?? ''].filter((part) => part !== '').join(': ') },
  };
}
