/** Serves the built phone page. Names with a hash are kept by browsers, everything else is asked for again. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.txt': 'text/plain; charset=utf-8',
};

/** The page loads nothing from elsewhere but pictures and films that a business sent by link. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' data: blob: https: http:",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Answers a path below `/phone`; `path` begins with a slash. */
export async function answerPhone(folder: string | undefined, path: string): Promise<Response> {
  if (folder === undefined) return missing('The phone page is not part of this simulator.');
  const wanted = normalize(decoded(path.endsWith('/') ? `${path}index.html` : path));
  if (wanted.includes('\0') || wanted.split(sep).includes('..')) return missing('There is no such file.');
  const bytes = await readFile(join(folder, wanted)).catch(() => undefined);
  if (bytes === undefined)
    return missing(path === '/' ? 'The phone page is not built: run npm run build.' : 'There is no such file.');
  const hashed = /-[\w-]{8,}\.\w+$/.test(wanted);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': TYPES[extname(wanted)] ?? 'application/octet-stream',
      'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': 'camera=(self), microphone=(self), geolocation=(self)',
    },
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/..';
  }
}

function missing(text: string): Response {
  return new Response(text, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
