/** The officers' API: what a console, or any other program of an office, does with service requests. Its description is made of its schemas. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { addAccount } from './account.ts';
import { addActing } from './acting.ts';
import { type ApiDeps, type ApiEnv, createAdmission } from './admit.ts';
import { addAudit } from './audit.ts';
import { addChannels } from './channels.ts';
import { addContacts } from './contacts.ts';
import { addCounting } from './counting.ts';
import { addDocuments } from './documents.ts';
import { addDoors } from './doors.ts';
import { addEvents } from './events.ts';
import { addFiles } from './files.ts';
import { addKeys } from './keys.ts';
import { addLinks } from './links.ts';
import { addLooking } from './looking.ts';
import { addMe } from './me.ts';
import { addNumbers } from './numbers.ts';
import { answerBadFields, answerProblem, refuse } from './problems.ts';
import { addSetUp } from './set-up.ts';
import { addTeam } from './team.ts';
import { addTemplates } from './templates.ts';
import { MOST_FILE_BYTES } from './tickets/files.ts';
import { addTickets } from './tickets/tickets.ts';
import { addVocabulary } from './vocabulary.ts';

const ROOT = '/api/v1';
const MOST_BYTES = 64 * 1024;
/** Where an officer's file comes in. */
const FILES = /\/tickets\/[^/]+\/files$/;

/** Adds everything below /api/v1. */
export function addApi(app: Hono, deps: ApiDeps): void {
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, context) => (result.success ? undefined : answerBadFields(context, result.error)),
  });
  api.onError((error, context) => answerProblem(context, error, deps.failed));
  const [usual, ofFiles] = [MOST_BYTES, MOST_FILE_BYTES].map((maxSize) =>
    bodyLimit({ maxSize, onError: () => refuse('api:too-long', `At most ${maxSize} bytes.`) }),
  );
  api.use((context, next) => (FILES.test(context.req.path) ? ofFiles : usual)?.(context, next) ?? next());
  api.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  const admission = createAdmission(deps);
  addMe(api, deps, admission);
  addVocabulary(api, deps, admission);
  addCounting(api, deps, admission);
  addContacts(api, deps, admission);
  addNumbers(api, deps, admission);
  addDocuments(api, deps, admission);
  addLooking(api, deps, admission);
  addFiles(api, deps, admission);
  addTickets(api, deps, admission);
  addActing(api, deps, admission);
  addAccount(api, deps, admission);
  addAudit(api, deps, admission);
  addTeam(api, deps, admission);
  addKeys(api, deps, admission);
  addLinks(api, deps);
  addChannels(api, deps, admission);
  addTemplates(api, deps, admission);
  addDoors(api, deps);
  addSetUp(api, deps);
  addEvents(api, deps, admission);
  api.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'hazir.session_token',
  });
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: "Hazir, the officers' API", version: '1' },
    servers: [{ url: ROOT }],
  });
  api.all('/*', () => refuse('api:not-found', 'There is nothing at this address.'));
  app.route(ROOT, api);
}
