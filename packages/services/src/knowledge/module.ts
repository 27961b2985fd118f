/** What an organization answers to questions: approved passages with source, date and validity. */
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { createKnowledge } from './find-passages.ts';
import { judge } from './golden.ts';
import { knowledgeOperations } from './operations.ts';
import { readPassages } from './passages.ts';
import { type Seek, searchDatabase } from './search-database.ts';
import { knowledgeSettings } from './settings.ts';

export const knowledge: ServiceModule = {
  name: 'knowledge',
  load: (source) => {
    const reader = createReader(source);
    const settings = readSettings(knowledgeSettings, { source, reader, service: 'knowledge' });
    if (settings === undefined) return { operations: [], problems: reader.problems };
    const { folder, sureFrom, answerFrom } = settings;
    const passages = readPassages(reader, folder, (flow) => source.readText(`flows/${flow}.yaml`) !== undefined);
    const known = createKnowledge(passages, settings);
    if (reader.problems.length === 0 && source.published !== true)
      judge(reader, `${folder}/golden.yaml`, { ...known, answerFrom });
    if (reader.problems.length > 0) return { operations: [], problems: reader.problems };
    const stored = known.texts.length > settings.memoryUpTo ? searchDatabase(known) : undefined;
    const seek: Seek = stored?.seek ?? (async (question) => known.search(question));
    return {
      operations: knowledgeOperations(known, { seek, defaultLanguage: source.defaultLanguage }),
      problems: [],
      ...(stored && { searched: stored.searched }),
      knows: (question, now) => {
        const hits = known.search(question);
        const found = known.answers(hits, now);
        return {
          passages: found.map(({ passage, likeness }) => ({ id: passage.id, likeness })),
          nearest: known.nearest(hits, now),
          sure: (found[0]?.likeness ?? 0) >= sureFrom,
        };
      },
    };
  },
};
