/**
 * What a worker looks after again and again, message or no message: sessions that come again, those that fell, seats that
 * became free, reminders that are due, of appointments and of what citizens asked for, requests that wait, and whoever is to be told of a request.
 */
import type { ChannelBook, PackBook } from '@hazir/runtime';
import {
  offerSeats,
  rebookFallen,
  remindCitizens,
  sendDueReminders,
  sendNotices,
  sendReminders,
  type Tell,
} from '@hazir/services';
import type { Database } from '@hazir/store';
import { openFlows } from './open-flow.ts';
import { currentDesks } from './request-desks.ts';
import { createPlanning } from './schedules.ts';

export interface TendedHouse {
  database: Database;
  channels: ChannelBook;
  packs: PackBook;
  now: () => number;
}

type Task = (database: Database, at: { now: Date; tell: Tell }) => Promise<unknown>;

export interface Tending {
  /** Looks after everything once, after what is under way already. What fails keeps nothing else from being done. */
  look: () => Promise<void>;
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>;
}

export function createTending({ database, channels, packs, now }: TendedHouse): Tending {
  const plan = createPlanning({ database, channels, packs });
  const lookOnce = async () => {
    const at = now();
    const tell = openFlows({
      channel: channels.byId,
      hasFlow: ({ organizationId, pack }, flow) => packs.current(organizationId, pack)?.pack.flows.has(flow) === true,
      now: at,
    });
    const failures: unknown[] = [];
    await plan(new Date(at)).catch((error: unknown) => failures.push(error));
    const remind: Task = (on, { now: moment }) => remindCitizens(on, { now: moment, desks: currentDesks({ channels, packs }) });
    const tasks: readonly Task[] = [rebookFallen, offerSeats, sendReminders, sendDueReminders, remind, sendNotices];
    for (const task of tasks) await task(database, { now: new Date(at), tell }).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  let running: Promise<void> | undefined;
  const idle = async () => void (await Promise.allSettled([running]));
  return {
    look: async () => {
      await idle();
      running ??= lookOnce().finally(() => {
        running = undefined;
      });
      await running;
    },
    idle,
  };
}
