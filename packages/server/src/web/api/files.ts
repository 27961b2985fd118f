/** A file that came with a request. A photo is shown; everything else is only given to be kept: nothing of a citizen's ever runs. */
import { attachedFile } from '@hazir/services';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { recordAudit } from '../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, createAdmission } from './admit.ts';
import { viewOf } from './cards.ts';
import { problemsOf, referenceParameter, SECURITY } from './contract.ts';
import { findSeen, storedReference } from './looking.ts';
import { refuse } from './problems.ts';

/** What a browser shows without running anything. */
const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp', 'audio/ogg', 'audio/mpeg', 'video/mp4']);

export function addFiles(api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>): void {
  const route = createRoute({
    ...{ method: 'get', path: '/requests/{reference}/files/{file}', security: SECURITY },
    middleware: [admission('details.read')] as const,
    summary: 'A photo or document of a request, by the id of its attachment',
    request: { params: referenceParameter.extend({ file: z.uuid() }) },
    responses: { 200: { description: 'The bytes' }, ...problemsOf(400, 401, 403, 404, 429) },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { reference, file } = context.req.valid('param');
    if (!caller.permissions.has('requests.read')) return refuse('api:scope', 'Files of requests take "requests.read", too.');
    const row = await findSeen(deps.database, caller, storedReference(viewOf(deps, caller).desk, reference));
    const kept = await attachedFile(deps.database, row, file);
    const bytes = kept && (await deps.fileOf(kept.hash));
    if (kept === undefined || bytes === undefined)
      return refuse('api:no-file', 'This request has no such file, or it could not be kept.');
    const { id: actor, address, organizationId } = caller;
    const seen = { subject: row.reference, contactId: row.contact_id, details: { file }, now: new Date(deps.now()) };
    await recordAudit(deps.database, { ...seen, organizationId, actor, address, action: 'file.seen' });
    return sendFile(context, { bytes, mimeType: kept.mimeType, name: row.reference });
  });
}

/** Nothing of anybody's ever runs: what a browser cannot show by itself is only given to be kept. */
export function sendFile(
  context: Context,
  { bytes, mimeType, name }: { bytes: Uint8Array; mimeType: string; name: string },
): Response {
  const type = mimeType.split(';')[0] ?? '';
  return context.body(Uint8Array.from(bytes), 200, {
    'content-type': SHOWN.has(type) ? type : 'application/octet-stream',
    'content-disposition': SHOWN.has(type) ? 'inline' : `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
}
