/** Files of a talk, both ways: what the citizen sent, and what an officer sends, a prescription for example. */
import { HazirError } from '@hazir/core';
import { handIn } from '@hazir/runtime';
import { changeTicket, fileInTalk, noteContent, type Tx } from '@hazir/store';
import { createRoute, z } from '@hono/zod-openapi';
import { recordAudit } from '../../../auth/record-audit.ts';
import { idempotency, problemsOf, SECURITY, text } from '../contract.ts';
import { sendFile } from '../files.ts';
import { refuse } from '../problems.ts';
import { repeatable } from '../repeatable.ts';
import { type Adding, ticketParameter } from './act.ts';
import { refuseToWrite } from './acts.ts';
import { ticketCard, ticketSchema } from './cards.ts';
import { auditedOf, findTicket, hearerOf, lookingOf, officerOf } from './found.ts';

/** WhatsApp takes images to 5 MB; documents may be larger, but are no prescription then. */
export const MOST_FILE_BYTES = 10_000_000;
const MOST_IMAGE_BYTES = 5_000_000;
const MOST_CAPTION = 1_024;

/** What WhatsApp takes, by what the content is, whatever its name says. */
const MEDIA: Readonly<Record<string, 'image' | 'document' | 'audio'>> = {
  'application/pdf': 'document',
  'image/jpeg': 'image',
  'image/png': 'image',
  'audio/ogg': 'audio',
  'audio/mpeg': 'audio',
};

export function addFilesOfTalk(...adding: Adding): void {
  addShown(...adding);
  addSent(...adding);
}

function addShown(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/tickets/{ticket}/files/{line}', security: SECURITY },
    middleware: [admission('tickets.read')] as const,
    summary: 'The file of a line of the talk',
    request: { params: ticketParameter.extend({ line: z.uuid() }) },
    responses: { 200: { description: 'The bytes' }, ...problemsOf(400, 401, 403, 404, 429) },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { ticket: id, line } = context.req.valid('param');
    if (!caller.permissions.has('details.read')) return refuse('api:scope', 'Files of citizens take "details.read", too.');
    const ticket = await findTicket(deps.database, caller, { id });
    const kept = await fileInTalk(deps.database, ticket, line);
    const bytes = kept && (await deps.fileOf(kept.hash));
    if (kept === undefined || bytes === undefined)
      return refuse('tickets:no-file', 'This line has no file, or it could not be kept.');
    const audited = auditedOf(caller, { ticket, action: 'ticket.file-seen', now: new Date(deps.now()) });
    await recordAudit(deps.database, { ...audited, details: { line } });
    return sendFile(context, { bytes, mimeType: kept.mimeType, name: `ticket-${ticket.number}` });
  });
}

function addSent(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'post', path: '/tickets/{ticket}/files', security: SECURITY },
    middleware: [admission('tickets.act')] as const,
    summary: 'Sends a file to the citizen: PDF, JPEG, PNG, OGG or MP3; the body is its bytes',
    request: {
      params: ticketParameter,
      headers: idempotency,
      query: z.object({ name: text(100).trim().min(1), caption: text(MOST_CAPTION).default('') }),
      body: {
        required: true,
        content: { 'application/octet-stream': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
      },
    },
    responses: {
      200: { description: 'How the ticket stands then', content: { 'application/json': { schema: ticketSchema } } },
      ...problemsOf(400, 401, 403, 404, 409, 413, 422, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const [officer, looking] = [officerOf(caller), lookingOf(deps, caller)];
    const { now } = looking;
    const { ticket: id } = context.req.valid('param');
    const { name, caption } = context.req.valid('query');
    refuseToWrite(await findTicket(deps.database, caller, { id }), officer.id, now);
    const kept = await keep(deps, new Uint8Array(await context.req.arrayBuffer()));
    const { media, hash, mimeType } = kept;
    const file = { hash, mimeType, media, fileName: plainName(name) };
    const once = async (tx: Tx) => {
      const ticket = await findTicket(tx, caller, { id, lock: true });
      if (ticket.closedAt !== null) return refuse('tickets:closed', 'The ticket is closed.');
      refuseToWrite(ticket, officer.id, now);
      await noteContent(tx, ticket.organizationId, kept);
      await handIn(tx, { type: 'relay', ...hearerOf(ticket), words: caption, from: officer.id, file }, now.getTime());
      await changeTicket(tx, ticket, { answeredAt: now });
      await recordAudit(tx, { ...auditedOf(caller, { ticket, action: 'ticket.file-sent', now }), details: { mimeType } });
      return ticketCard(await findTicket(tx, caller, { id }), looking);
    };
    const key = { caller, idempotencyKey: context.req.header('idempotency-key'), call: `files\n${id}\n${hash}\n${caption}`, now };
    return context.json(ticketSchema.parse(await repeatable(deps.database, key, once)), 200);
  });
}

async function keep({ keepFile }: Adding[1], bytes: Uint8Array) {
  try {
    const kept = await keepFile({ bytes, mimeType: 'application/octet-stream' });
    const media = MEDIA[kept.mimeType];
    if (media === undefined) return refuse('tickets:bad-file', 'Citizens can be sent PDF, JPEG, PNG, OGG and MP3.');
    if (media === 'image' && kept.bytes > MOST_IMAGE_BYTES) return refuse('tickets:bad-file', 'A picture has at most 5 MB.');
    return { ...kept, media };
  } catch (error) {
    if (error instanceof HazirError && error.code === 'media:infected')
      return refuse('tickets:bad-file', 'The scanner found something in it that may do harm.');
    throw error;
  }
}

/** As a phone shows it: no folders, nothing that turns the reading direction. */
function plainName(name: string): string {
  return name.replaceAll(/[\p{C}/\\]/gu, '').slice(-80) || 'file';
}
