/** What other programs talk to on a running server: Open311, and the officers' API. */
import type { ApiDeps } from '../web/api/admit.ts';
import { type Open311House, openOpen311 } from './open311.ts';
import { currentDesks } from './request-desks.ts';

export function openPrograms(house: Open311House): { open311: ReturnType<typeof openOpen311>; api: ApiDeps } {
  const { database, now, log } = house;
  const failed = (error: unknown) => log('error', 'api_failed', { detail: error instanceof Error ? error.name : 'unknown' });
  return { open311: openOpen311(house), api: { database, now, failed, desks: () => currentDesks(house) } };
}
