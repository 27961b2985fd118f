import type { Operation } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed } from '../define-operation.ts';
import type { Category } from './categories.ts';
import { badInput, categoryName, type RequestDesk } from './desk.ts';
import { createSuggest } from './suggest.ts';

const option = z.object({
  code: z.string(),
  name: z.string(),
  parent: z.string().nullable().describe('Code of the category above; null at the top.'),
  parentName: z.string().describe('Empty at the top.'),
  hasChildren: z.boolean().describe('True when one of its children is to be chosen next.'),
  expectedHours: z.number().nullable(),
});

/** Operations that offer categories. */
export function categoryOperations(desk: RequestDesk): Operation[] {
  return [listCategories(desk), suggestCategories(desk)];
}

function listCategories(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.categories',
    summary: 'The categories at the top, or below a parent, in the order of the pack.',
    input: z.object({ parent: z.string().max(40).nullish() }),
    output: z.array(option),
    badInput,
    run: async ({ parent }, { subject }) => {
      if (typeof parent === 'string' && desk.categories.byCode(parent) === undefined) {
        return failed('service-requests:unknown-category', 'No category has this code.');
      }
      return done(desk.categories.childrenOf(parent ?? undefined).map((each) => show(desk, each, subject.language)));
    },
  });
}

function suggestCategories(desk: RequestDesk): Operation {
  const suggest = createSuggest(desk.categories);
  return defineOperation({
    name: 'serviceRequests.suggest',
    summary: "Up to three categories that a citizen's words point at, the likeliest first; empty when none does.",
    input: z.object({ text: z.string().max(4_096) }),
    output: z.array(option),
    badInput,
    run: async ({ text }, { subject }) => done(suggest(text).map((each) => show(desk, each, subject.language))),
  });
}

function show(desk: RequestDesk, category: Category, language: string): z.output<typeof option> {
  const { code, parent } = category;
  return {
    code,
    name: categoryName(desk, code, language),
    parent: parent ?? null,
    parentName: parent === undefined ? '' : categoryName(desk, parent, language),
    hasChildren: desk.categories.childrenOf(code).length > 0,
    expectedHours: category.expectedHours ?? null,
  };
}
