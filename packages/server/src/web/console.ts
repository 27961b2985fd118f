/** Serves the officers' console: files only, the same for everybody; what it shows comes from the API, to whoever is signed in. */
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';

const CONSOLE_DIR = fileURLToPath(new URL('../../../console/dist/app', import.meta.url));
const ROOT = '/console';
// Styles may stand in the page, because the component library writes its theme there; scripts may not.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob:; media-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Adds the console; an address without a file is a page of the application. */
export function addConsole(app: Hono): void {
  app.get(ROOT, (context) => context.redirect(`${ROOT}/`));
  const onFound = (_: string, context: Context) => protect(context);
  const file = serveStatic({ root: CONSOLE_DIR, rewriteRequestPath: (path) => path.slice(ROOT.length), onFound });
  const page = serveStatic({ root: CONSOLE_DIR, path: 'index.html', onFound });
  app.get(`${ROOT}/*`, file, async (context, next) => {
    const found = context.req.path.includes('/assets/') ? undefined : await page(context, next);
    return found ?? context.notFound();
  });
}

function protect(context: Context): void {
  context.header('content-security-policy', POLICY);
  context.header('cache-control', context.req.path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}
