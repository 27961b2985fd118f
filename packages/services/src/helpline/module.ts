/** The helpline: whoever needs a person asks a desk, is told honestly what to expect, and gets an officer who is there. */
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { helplineOperations } from './operations.ts';
import { readDesks, readReplies } from './read-desks.ts';
import { helplineSettings } from './settings.ts';

export const helpline: ServiceModule = {
  name: 'helpline',
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(helplineSettings, { source, reader, service: 'helpline' });
    const desks = settings && readDesks(reader, settings);
    const replies = settings && desks ? readReplies(reader, settings.replies, desks) : [];
    if (settings === undefined || desks === undefined || reader.problems.length > 0)
      return { operations: [], problems: reader.problems };
    const { languages, defaultLanguage } = source;
    const { offerSeconds, reopenDays } = settings;
    const found = { desks, replies, languages, defaultLanguage, offerSeconds, reopenDays };
    return { operations: helplineOperations(found), problems: [], helpline: found };
  },
};
