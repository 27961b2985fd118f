/** Documents that anybody can check without a network: signed, numbered, revocable, given once for each turn. */
import { fileURLToPath } from 'node:url';
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { issuerFacts } from './issuer.ts';
import { documentOperations } from './operations.ts';
import { documentSettings } from './settings.ts';
import { readTemplates } from './templates.ts';

export const documents: ServiceModule = {
  name: 'documents',
  migrations: { prefix: '3-documents', path: fileURLToPath(new URL('migrations', import.meta.url)) },
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(documentSettings, { source, reader, service: 'documents' });
    const templates = settings === undefined ? undefined : readTemplates(reader, settings.templates);
    if (settings === undefined || templates === undefined || reader.problems.length > 0)
      return { operations: [], problems: reader.problems };
    const facts = issuerFacts(settings, templates);
    return { operations: documentOperations({ facts, templates, defaultLanguage: source.defaultLanguage }), problems: [] };
  },
};
