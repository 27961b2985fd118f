/** Departments with an Open311 server of their own: what belongs to them is sent, what they have done is read. */
import { createAskSystem, createHttpClient, type FileStore, type SystemBook } from '@hazir/runtime';
import { type Ask, pollDepartments, type RequestDesks, sendForwards } from '@hazir/services';
import type { Database } from '@hazir/store';

export interface FedHouse {
  database: Database;
  now: () => number;
  systems: SystemBook;
  files: FileStore;
  desks: () => RequestDesks;
}

export interface Feed {
  /** Sends and reads what is due. */
  look: () => Promise<void>;
  close: () => Promise<void>;
}

const TIMEOUT_MS = 15_000;

export function createFeed({ database, now, systems, files, desks }: FedHouse): Feed {
  const http = createHttpClient(TIMEOUT_MS);
  const ask: Ask = createAskSystem({ systems, files, now }, http);
  return {
    look: async () => {
      const feeding = { desks: desks(), ask, now: new Date(now()) };
      await Promise.all([sendForwards(database, feeding), pollDepartments(database, feeding)]);
    },
    close: () => http.close(),
  };
}
