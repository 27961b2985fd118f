/** The public pages over a real socket, of a city that publishes what it may. */
import { createServer } from 'node:http';
import { type Database, freshId } from '@hazir/store';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll } from 'vitest';
import { addOpenData } from '../../packages/server/src/web/public/open-data.ts';
import { addStatus } from '../../packages/server/src/web/public/status.ts';
import { openTestDesk, START, type TestDesk } from '../../packages/services/src/service-requests/testing.ts';
import { citizen, loadMumbai, MUMBAI_SETTINGS } from '../../packages/services/src/testing.ts';

export interface PublicFace {
  url: string;
  desk: TestDesk;
  clock: { now: number };
  /** A citizen with this phone reports something; the reference. */
  open: (given?: { phone?: string; category?: string; area?: string }) => Promise<string>;
}

const PLACE = { latitude: 19.0268, longitude: 72.8386, name: 'Balmohan', address: 'Shivaji Park' };

export async function openPublicFace(database: Database): Promise<PublicFace> {
  const desk = await openTestDesk(database);
  const clock = { now: START.getTime() };
  const openData = { areas: { file: 'data/wards.geojson', key: 'ward' }, atLeast: 5 };
  const requests = { ...Object(MUMBAI_SETTINGS['service-requests']), openData };
  const publishing = loadMumbai({ settings: { 'service-requests': requests } }).requestDesk;
  const app = new Hono();
  const desks = new Map(publishing === undefined ? [] : [[desk.organizationId, publishing]]);
  const slugOf = (id: number) => (id === desk.organizationId ? 'mumbai' : undefined);
  const deps = { database, slugOf, desks: () => desks, now: () => clock.now };
  addStatus(app, deps);
  addOpenData(app, deps);
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const address = server.address();
  return {
    ...{ desk, clock, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` },
    open: async ({ phone = '919812345678', category = 'pothole', area = 'G/N' } = {}) => {
      const subject = citizen(desk.organizationId, freshId(START.getTime()));
      await database.query(
        `insert into contact_identities (organization_id, channel_type, scope, kind, value, contact_id, source, valid_from, last_seen_at)
         values ($1, 'whatsapp', $2::text, 'phone', $3, $2::uuid, 'channel', now(), now())`,
        [subject.organizationId, subject.contactId, phone],
      );
      return desk.open(subject, {}, { category, description: 'Deep, says Asha Rao', place: PLACE, area });
    },
  };
}
