/** Documents that anybody can check without a network: signed, numbered, revocable, given once for each turn. */
import { fileURLToPath } from 'node:url';
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { issuerFacts } from './issuer.ts';
import { documentOperations } from './operations.ts';
import { checkLayouts, type PrintingOf, readLayouts } from './print/check-layouts.ts';
import { makeFile } from './print/make-file.ts';
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
    const { defaultLanguage } = source;
    const facts = issuerFacts(settings, templates);
    const layouts = readLayouts(reader, templates);
    const printingOf: PrintingOf = (template) => {
      const layout = layouts.get(template.code) ?? '';
      return { facts, template, layout, defaultLanguage, timeZone: settings.timeZone };
    };
    if (source.published !== true && reader.problems.length === 0)
      checkLayouts(reader, templates, { file: settings.templates, printingOf });
    if (reader.problems.length > 0) return { operations: [], problems: reader.problems };
    return {
      operations: documentOperations({ facts, templates, defaultLanguage }),
      problems: [],
      makeFile: makeFile(templates, printingOf),
    };
  },
};
