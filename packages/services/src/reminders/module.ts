/** Reminders that outlive a conversation: a day is kept, and a flow opened on it. */
import { fileURLToPath } from 'node:url';
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { reminderOperations } from './operations.ts';
import { reminderSettings } from './settings.ts';

export const reminders: ServiceModule = {
  name: 'reminders',
  migrations: { prefix: '7-reminders', path: fileURLToPath(new URL('migrations', import.meta.url)) },
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(reminderSettings, { source, reader, service: 'reminders' });
    if (settings === undefined) return { operations: [], problems: reader.problems };
    return { operations: reminderOperations(settings), problems: [] };
  },
};
