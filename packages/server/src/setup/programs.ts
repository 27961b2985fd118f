/** What others than citizens' phones talk to on a running server: Open311, the officers' API, the public pages. */
import type { AnswerOpen311 } from '@hazir/services';
import type { ApiDeps } from '../web/api/admit.ts';
import type { PublicDeps } from '../web/public/public-deps.ts';
import { type Open311House, openOpen311 } from './open311.ts';
import { currentDesks } from './request-desks.ts';

interface Programs {
  open311: AnswerOpen311;
  api: ApiDeps;
  pages: PublicDeps;
}

export function openPrograms(house: Open311House): Programs {
  const { database, now, log, names } = house;
  const shared = { database, now, desks: () => currentDesks(house) };
  const failed = (error: unknown) => log('error', 'api_failed', { detail: error instanceof Error ? error.name : 'unknown' });
  return { open311: openOpen311(house), api: { ...shared, failed }, pages: { ...shared, slugOf: names.slugOf } };
}
