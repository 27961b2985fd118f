/**
 * What a worker looks after again and again, message or no message: sessions that come again, those that fell, seats that
 * became free, reminders that are due, of appointments and of what citizens asked for, requests that wait, their clocks,
 * whoever is to be told of a request, and departments with a server of their own.
 */
import type { ChannelBook, FileStore, PackBook, SystemBook } from '@hazir/runtime';
import {
  callOnDuty,
  drawLots,
  followUp,
  offerSeats,
  offerTickets,
  rebookFallen,
  recountClocks,
  remindCitizens,
  runClocks,
  sendDueReminders,
  sendNotices,
  sendReminders,
  type Tell,
} from '@hazir/services';
import type { Database } from '@hazir/store';
import { createFeed } from './feed.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openFlows } from './open-flow.ts';
import { createPlanning } from './schedules.ts';
import { currentServices } from './services-of.ts';

export interface TendedHouse {
  database: Database;
  channels: ChannelBook;
  packs: PackBook;
  now: () => number;
  systems: SystemBook;
  files: FileStore;
}

type Task = (database: Database, at: { now: Date; tell: Tell }) => Promise<unknown>;

export interface Tending {
  /** Looks after everything once, after what is under way already. What fails keeps nothing else from being done. */
  look: () => Promise<void>;
  /** Resolves when nothing is under way; nothing may be begun afterwards. */
  stop: () => Promise<void>;
}

export function createTending({ database, channels, packs, now, systems, files }: TendedHouse): Tending {
  const plan = createPlanning({ database, channels, packs });
  const requestDesks = () => currentServices({ channels, packs }, ({ requestDesk }) => requestDesk);
  const lookOnce = async () => {
    const at = now();
    const tell = openFlows({
      channel: channels.byId,
      hasFlow: ({ organizationId, pack }, flow) => packs.current(organizationId, pack)?.pack.flows.has(flow) === true,
      now: at,
    });
    const failures: unknown[] = [];
    await plan(new Date(at)).catch((error: unknown) => failures.push(error));
    const desks = requestDesks();
    const helplines = currentServices({ channels, packs }, ({ helpline }) => helpline);
    const ofRequests = [remindCitizens, recountClocks, runClocks].map(
      (task): Task =>
        (on, { now: moment }) =>
          task(on, { now: moment, desks }),
    );
    const tasks: readonly Task[] = [
      rebookFallen,
      drawLots,
      offerSeats,
      sendReminders,
      sendDueReminders,
      ...ofRequests,
      sendNotices,
      ...[offerTickets, callOnDuty].map(
        (task): Task =>
          (on, given) =>
            task(on, { ...given, helplines }),
      ),
      followUp,
    ];
    for (const task of tasks) await task(database, { now: new Date(at), tell }).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  const rounds = oneAtATime(lookOnce);
  // Departments' servers may be slow: nothing else waits for them.
  const feed = createFeed({ database, now, systems, files, desks: requestDesks });
  const feeds = oneAtATime(feed.look);
  return {
    look: async () => void (await Promise.all([rounds.run(), feeds.run()])),
    stop: async () => {
      await Promise.all([rounds.idle(), feeds.idle()]);
      await feed.close();
    },
  };
}
