/** What flows may do with one-time codes: send one to the citizen's phone by SMS, and check what the citizen types. */
import { asciiDigits } from '@hazir/language';
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';
import { textIn } from '../data/localized.ts';
import { defineOperation, done, failed } from '../define-operation.ts';
import { type CodeKey, countSent, dropCode, newestCode, noteTry, saveCode } from './records.ts';
import { hashCode, isCode, newCode, subjectHash } from './secrets.ts';
import type { CodeSettings } from './settings.ts';

export interface CodeDesk {
  settings: CodeSettings;
  defaultLanguage: string;
}

const badInput = 'codes:bad-input';
const GATEWAY_MS = 10_000;
const about = {
  purpose: z
    .string()
    .regex(/^[a-z][a-z-]{0,39}$/)
    .describe('What it is asked for, for example "certificate".'),
  subject: z
    .string()
    .max(200)
    .optional()
    .describe('Whose data it opens, where that is not the contact: limits count for it, too.'),
};

export function codeOperations(desk: CodeDesk): Operation[] {
  return [send(desk), check()];
}

function send({ settings, defaultLanguage }: CodeDesk): Operation {
  return defineOperation({
    name: 'codes.send',
    summary: "Sends a code of six digits to the citizen's phone by SMS. Asked again within seconds, it says how long to wait.",
    input: z.object(about),
    output: z.object({ validMinutes: z.number().int(), end: z.string().describe('Of the phone number: its last four digits.') }),
    badInput,
    later: true,
    run: async ({ purpose, subject = '' }, context) => {
      const { tx, now, subject: citizen } = context;
      const { phone } = citizen;
      if (phone === undefined) return failed('codes:no-phone', 'No phone number of the citizen is known.');
      const key = { organizationId: citizen.organizationId, contactId: citizen.contactId, id: context.newId() };
      const about = { purpose, subject: subjectOf(citizen.contactId, { purpose, subject }) };
      const refused = await refuse(settings, context, { ...key, subject: about.subject });
      if (refused !== undefined) return refused;
      const code = newCode();
      const expiresAt = new Date(now.getTime() + settings.validMinutes * 60_000);
      await saveCode(tx, { ...key, ...about, ...(await hashCode(code)), sentAt: now, expiresAt, tries: settings.tries });
      const words = textIn(new Map(Object.entries(settings.sms)), citizen.language, defaultLanguage);
      const text = words.replaceAll('{code}', code).replaceAll('{minutes}', String(settings.validMinutes));
      const sent = await post(context, settings.gateway, { to: phone, text });
      if (!sent) {
        await dropCode(tx, key);
        return failed('codes:not-sent', 'The gateway did not take the SMS.');
      }
      return done({ validMinutes: settings.validMinutes, end: phone.slice(-4) });
    },
  });
}

async function refuse(
  { resendSeconds, perContact, perSubject }: CodeSettings,
  { tx, now }: OperationContext,
  { subject, id, ...key }: CodeKey & { id: string; subject: Buffer },
) {
  const { toContact, forSubject, lastAt } = await countSent(tx, key, { id, subject, now });
  if (toContact >= perContact || forSubject >= perSubject)
    return failed('codes:too-many', 'Too many codes were sent within the hour.');
  const waited = lastAt === null ? Number.POSITIVE_INFINITY : now.getTime() - lastAt.getTime();
  return waited < resendSeconds * 1_000 ? failed('codes:too-soon', 'A code was sent a moment ago.') : undefined;
}

async function post({ ask, newId }: OperationContext, url: string, body: { to: string; text: string }): Promise<boolean> {
  if (ask === undefined) throw new Error('the operation runs later');
  const answer = await ask({ id: newId(), kind: 'http', method: 'POST', url, headers: {}, body, timeoutMs: GATEWAY_MS });
  return answer.ok;
}

function check(): Operation {
  return defineOperation({
    name: 'codes.check',
    summary: 'Checks the code that the citizen has typed, in the digits of any script. A right one counts once.',
    input: z.object({ ...about, typed: z.string().max(500) }),
    output: z.object({ right: z.boolean(), triesLeft: z.number().int() }),
    badInput,
    run: async ({ purpose, subject = '', typed }, { tx, now, subject: citizen }) => {
      const { organizationId, contactId } = citizen;
      const key = { organizationId, contactId };
      const found = await newestCode(tx, key, { purpose, subject: subjectOf(contactId, { purpose, subject }) });
      if (found === undefined || found.salt === null || found.hash === null)
        return failed('codes:none', 'No code is waited for: it was used, tried too often, or never sent.');
      if (found.expiresAt <= now) return failed('codes:expired', 'The code is too old.');
      const digits = asciiDigits(typed.normalize('NFKC')).replace(/\D/g, '');
      const right = await isCode(digits, { salt: found.salt, hash: found.hash });
      const triesLeft = right ? found.triesLeft : found.triesLeft - 1;
      await noteTry(tx, { ...key, id: found.id }, { triesLeft, ended: right || triesLeft === 0 });
      return done({ right, triesLeft });
    },
  });
}

/** Without another subject it is the contact's own data. */
function subjectOf(contactId: string, { purpose, subject }: { purpose: string; subject: string }): Buffer {
  return subjectHash(purpose, subject === '' ? contactId : subject);
}
