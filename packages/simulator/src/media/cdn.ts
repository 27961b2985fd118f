/** Downloads of media: a signed address that works five minutes and needs the bearer token of a business. */
import { bearerOf } from '../graph/graph.ts';
import type { World } from '../world.ts';
import { findFile, urlHolds } from './store.ts';

export function answerDownload(world: World, request: Request, id: string): Response {
  const { searchParams } = new URL(request.url);
  if (!world.byToken.has(bearerOf(request) ?? '')) return plain(401, 'Authentication required');
  const holds = urlHolds(world, id, { expires: searchParams.get('ext') ?? '', hash: searchParams.get('hash') ?? '' });
  const file = holds ? findFile(world, id) : undefined;
  if (file === undefined) return plain(404, 'Not found');
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': file.mimeType,
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=300',
    },
  });
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain' } });
}
