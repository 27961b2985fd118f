/** What an organization answers to questions: approved passages with source, date and validity, held in memory. */
import { readSettings } from '../data/settings.ts';
import { createReader } from '../data/source.ts';
import type { ServiceModule } from '../service-module.ts';
import { createKnowledge } from './find-passages.ts';
import { judge } from './golden.ts';
import { knowledgeOperations } from './operations.ts';
import { readPassages } from './passages.ts';
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
    if (reader.problems.length === 0) judge(reader, `${folder}/golden.yaml`, { ...known, answerFrom });
    if (reader.problems.length > 0) return { operations: [], problems: reader.problems };
    return {
      operations: knowledgeOperations(known, source.defaultLanguage),
      problems: [],
      knows: (question, now) => {
        const found = known.find(question, now);
        return {
          passages: found.map(({ passage, likeness }) => ({ id: passage.id, likeness })),
          nearest: known.nearest(question, now),
          sure: (found[0]?.likeness ?? 0) >= sureFrom,
        };
      },
    };
  },
};
