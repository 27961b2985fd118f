/** Serves the verifier, a page that checks documents on the visitor's device, and what it needs to know: public all of it. */
import { fileURLToPath } from 'node:url';
import type { PublishedTrust } from '@hazir/services';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';

export interface VerifierDeps {
  /** What verifiers are told of the issuers of this server. */
  publishTrust: () => Promise<PublishedTrust>;
  /** Milliseconds since 1970. */
  now: () => number;
}

const VERIFIER_DIR = fileURLToPath(new URL('../../../services/dist/verifier', import.meta.url));
/** Milliseconds for which what was published is given again: many visitors cost one look into the database. */
const FRESH_MS = 10_000;
// The page may speak with nobody but this server: what a visitor shows to it cannot leave the device.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Adds the page, the issuers and their status lists under /verify. */
export function addVerifier(app: Hono, { publishTrust, now }: VerifierDeps): void {
  let kept: { trust: PublishedTrust; at: number } | undefined;
  const current = async () => {
    if (kept === undefined || Math.abs(now() - kept.at) > FRESH_MS) kept = { trust: await publishTrust(), at: now() };
    return kept;
  };
  app.get('/verify', (context) => context.redirect('/verify/'));
  app.get('/verify/trust.json', async (context) => {
    const { trust, at } = await current();
    return context.json(trust, 200, { 'last-modified': new Date(at).toUTCString(), 'cache-control': 'no-cache' });
  });
  app.get('/verify/:issuer/status', async (context) => {
    const { trust } = await current();
    const found = trust.issuers.find(({ id }) => new URL(id).pathname === `/verify/${context.req.param('issuer')}`);
    if (found === undefined || found.statusList === null) return context.notFound();
    return context.body(Uint8Array.from(Buffer.from(found.statusList, 'hex')), 200, {
      'content-type': 'application/statuslist+cwt',
    });
  });
  const rewriteRequestPath = (path: string) => path.slice('/verify'.length);
  app.get('/verify/*', serveStatic({ root: VERIFIER_DIR, rewriteRequestPath, onFound: (_, context) => protect(context) }));
}

function protect(context: Context): void {
  context.header('content-security-policy', POLICY);
  context.header('permissions-policy', 'camera=(self), microphone=(), geolocation=()');
  context.header('cache-control', context.req.path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}
