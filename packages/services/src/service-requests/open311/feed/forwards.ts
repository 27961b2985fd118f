/** Requests that belong to a department's own Open311 server: noted with the request, so that none is forgotten. */
import type { Tx } from '@hazir/store';
import type { DataReader } from '../../../data/source.ts';
import type { Categories } from '../../categories.ts';
import type { RequestDesk } from '../../desk.ts';
import type { RequestRow } from '../../records.ts';
import type { ServiceRequestSettings } from '../../settings.ts';
import type { Forward } from './forward-settings.ts';

/** Which department's server takes requests of a category. */
export function forwardOf({ settings }: Pick<RequestDesk, 'settings'>, serviceCode: string): Forward | undefined {
  return settings.forward.find(({ services }) => Object.hasOwn(services, serviceCode));
}

/** In the transaction that opens the request. */
export async function noteForward(tx: Tx, desk: RequestDesk, row: RequestRow): Promise<void> {
  const forward = forwardOf(desk, row.service_code);
  if (forward === undefined) return;
  await tx.query(
    `insert into open311_forwards (organization_id, contact_id, request_id, system, state, due_at) values ($1, $2, $3, $4, 'due', $5)
     on conflict do nothing`,
    [row.organization_id, row.contact_id, row.id, forward.system, row.created_at],
  );
}

/** Reports categories that are not there, have children, or would go to two servers. */
export function checkForwards(reader: DataReader, { forward }: ServiceRequestSettings, categories: Categories): void {
  const codes = forward.flatMap(({ services }) => Object.keys(services));
  const wrong = codes.filter(
    (code, index) =>
      codes.indexOf(code) < index || categories.byCode(code) === undefined || categories.childrenOf(code).length > 0,
  );
  for (const code of new Set(wrong))
    reader.report('data:shape', `"forward" names "${code}" twice, or it is no category without children`, {
      file: 'pack.yaml',
      hint: 'Departments with a server of their own are described in docs/how-to/open311.md.',
    });
}
