/** One-time codes: for steps that need more than owning the number, documents, money, and other people's data. */
import { fileURLToPath } from 'node:url';
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { codeOperations } from './operations.ts';
import { codeSettings } from './settings.ts';

export const oneTimeCodes: ServiceModule = {
  name: 'one-time-codes',
  migrations: { prefix: '5-one-time-codes', path: fileURLToPath(new URL('migrations', import.meta.url)) },
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(codeSettings, { source, reader, service: 'one-time-codes' });
    if (settings === undefined) return { operations: [], problems: reader.problems };
    for (const language of source.languages.filter((each) => !Object.hasOwn(settings.sms, each)))
      reader.report('data:text-missing', `The SMS of one-time codes is missing in ${language}`, {
        file: 'pack.yaml',
        hint: 'Write it in every language of the pack.',
      });
    if (reader.problems.length > 0) return { operations: [], problems: reader.problems };
    return { operations: codeOperations({ settings, defaultLanguage: source.defaultLanguage }), problems: [] };
  },
};
