/** Triage by decision tables that are data: what to do next and how soon, never what somebody has. */
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import type { DecisionTable } from './assess.ts';
import { triageOperations } from './operations.ts';
import { readTable } from './read-table.ts';
import { triageSettings } from './settings.ts';

export const triage: ServiceModule = {
  name: 'triage',
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(triageSettings, { source, reader, service: 'triage' });
    const tables = new Map<string, DecisionTable>();
    for (const file of settings?.tables ?? []) {
      const table = readTable(reader, file);
      if (table === undefined) continue;
      if (tables.has(table.id))
        reader.report('data:duplicate', `The table "${table.id}" is there already`, { file, hint: 'Call it something else.' });
      tables.set(table.id, table);
    }
    if (reader.problems.length > 0) return { operations: [], problems: reader.problems };
    return { operations: triageOperations(tables, source.defaultLanguage), problems: [] };
  },
};
