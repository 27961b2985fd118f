/** Lists for officers in the chat: what is theirs to do, and where they may hand a request. */
import { clip } from '@hazir/core';
import type { Operation } from '@hazir/store';
import { z } from 'zod';
import { textIn } from '../../data/localized.ts';
import { defineOperation, done } from '../../define-operation.ts';
import { badInput, departmentName, type RequestDesk, typedReference } from '../desk.ts';
import { countRequests, isLate, listRequests, type RequestFilter } from '../list.ts';
import type { RequestRow } from '../records.ts';
import { type Post, subordinates } from '../responsibility/responsibility.ts';
import { standing, standingOf } from '../seen.ts';
import { findOfficer, findWork } from './officer.ts';

/** So many lines fit a conversation; the first ones are due first. */
const MOST_LISTED = 50;
/** UTF-16 units of the second line of a list's row. */
const MOST_WHERE = 60;

const line = standing.extend({
  where: z.string().describe('Address, or area; for the second line of a row.'),
  overdue: z.boolean(),
  expectedAt: z.iso.datetime().nullable(),
});
const named = z.object({ code: z.string(), name: z.string() });

/** Operations that list. */
export function workListOperations(desk: RequestDesk): Operation[] {
  return [myWork(desk), departments(desk)];
}

function myWork(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.myWork',
    summary: "The open requests of the officer's post, what is due first going first; or what is late with the posts below it.",
    input: z.object({ view: z.enum(['own', 'below']) }),
    output: z.object({
      post: z.string().describe("Name of the officer's post."),
      count: z.number().int().describe('How many there are, of which the first fifty are listed.'),
      overdue: z.number().int(),
      late: z.number().int().describe('Late requests with the posts below.'),
      items: z.array(line),
    }),
    badInput,
    run: async ({ view }, context) => {
      const officer = await findOfficer(desk, context);
      if (!officer.ok) return officer;
      const { tx, subject, now } = context;
      const { post } = officer.value;
      const own = { organizationId: subject.organizationId, post: post.code };
      const late = lateBelow(desk, { organizationId: subject.organizationId, post, now });
      const listed = view === 'own' ? own : late;
      const [count, overdue, behind] = [
        await countRequests(tx, listed),
        await countRequests(tx, { ...listed, dueBefore: now }),
        await countRequests(tx, late),
      ];
      const rows = await listRequests(tx, { ...listed, limit: MOST_LISTED });
      return done({
        ...{ post: textIn(post.name, subject.language, desk.defaultLanguage), count, overdue, late: behind },
        items: rows.map((row) => lineOf(desk, row, { language: subject.language, now })),
      });
    },
  });
}

function departments(desk: RequestDesk): Operation {
  return defineOperation({
    name: 'serviceRequests.workDepartments',
    summary: 'The departments to which an officer may hand a request: all but the one that has it.',
    input: z.object({ reference: typedReference }),
    output: z.array(named),
    badInput,
    run: async ({ reference }, context) => {
      const found = await findWork(desk, reference, context);
      if (!found.ok) return found;
      const codes = [...desk.responsibility.departments.keys()].filter((code) => code !== found.value.row.department);
      return done(codes.map((code) => ({ code, name: departmentName(desk, code, context.subject.language) })));
    },
  });
}

/** What the posts below have not done in time; for whoever has none below, nothing. */
function lateBelow(
  { responsibility: { posts } }: RequestDesk,
  { organizationId, post, now }: { organizationId: number; post: Post; now: Date },
): Omit<RequestFilter, 'limit'> {
  return { organizationId, posts: subordinates(posts, post.code).map(({ code }) => code), dueBefore: now };
}

function lineOf(desk: RequestDesk, row: RequestRow, { language, now }: { language: string; now: Date }): z.output<typeof line> {
  return {
    ...standingOf(desk, row, language),
    ...{ where: clip(row.address ?? row.area ?? '', MOST_WHERE), overdue: isLate(row, now) },
    expectedAt: row.expected_at?.toISOString() ?? null,
  };
}
