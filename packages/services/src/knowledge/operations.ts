/** What flows may ask of a pack's knowledge. Texts come in the citizen's language. */
import type { Operation } from '@hazir/store';
import { z } from 'zod';
import { textIn } from '../data/localized.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import { dayOf } from './day.ts';
import type { Knowledge } from './find-passages.ts';
import { isValid, type Passage } from './passages.ts';
import type { Seek } from './search-database.ts';

const badInput = 'knowledge:bad-input';
const title = z.object({ id: z.string(), title: z.string() });
const card = title.extend({
  answer: z.string(),
  source: z.string(),
  address: z.string(),
  asOf: z.string().describe('Day as 2026-11-22.'),
  flow: z.string().describe('Flow that does what the passage tells of; empty where there is none.'),
  translated: z.boolean().describe("False: it is told in the pack's default language, for want of the citizen's."),
});

interface Searching {
  seek: Seek;
  defaultLanguage: string;
}

/** The operations over a pack's passages. */
export function knowledgeOperations(knowledge: Knowledge, searching: Searching): Operation[] {
  return [find(knowledge, searching), passageOf(knowledge, searching.defaultLanguage)];
}

function find(knowledge: Knowledge, { seek, defaultLanguage }: Searching): Operation {
  return defineOperation({
    name: 'knowledge.find',
    summary: 'The passages that answer a question today: none, one, or up to three that are equally near.',
    input: z.object({ text: z.string().max(4_096) }),
    output: z.array(title),
    badInput,
    run: async ({ text }, { now, subject, tx }) => {
      const hits = await seek(text, { tx, organizationId: subject.organizationId });
      return done(
        knowledge.answers(hits, now.getTime()).map(({ passage }) => ({
          id: passage.id,
          title: textIn(passage.title, subject.language, defaultLanguage),
        })),
      );
    },
  });
}

function passageOf({ passages }: Knowledge, defaultLanguage: string): Operation {
  return defineOperation({
    name: 'knowledge.passage',
    summary: 'A passage with its source and date; an error when it is not told today.',
    input: z.object({ id: z.string().max(40) }),
    output: card,
    badInput,
    run: async ({ id }, { now, subject }) => {
      const passage = passages.get(id);
      if (passage === undefined || !isValid(passage, dayOf(now.getTime()))) {
        return failed('knowledge:no-passage', 'No passage of this id is told today.');
      }
      return done(show(passage, subject.language, defaultLanguage));
    },
  });
}

function show(passage: Passage, language: string, defaultLanguage: string): z.output<typeof card> {
  const { id, address, asOf, flow } = passage;
  const [heading, answer, source] = [passage.title, passage.answer, passage.source].map((each) =>
    textIn(each, language, defaultLanguage),
  );
  const translated = passage.answer.has(language) || passage.answer.has(language.split('-')[0] ?? '');
  return { id, title: heading ?? '', answer: answer ?? '', source: source ?? '', address, asOf, flow, translated };
}
