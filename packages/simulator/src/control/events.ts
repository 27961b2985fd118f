/** The stream of a citizen's chat: server-sent events, each with the bubble's number as its id. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ChatEvent } from '../world.ts';
import type { Control } from './control.ts';

const MOST_BACKLOG = 2_000;
const PING_MS = 15_000;

/**
 * Streams what changes from now on; before it, what changed since `after` or the header Last-Event-ID. A reader that
 * does not keep up is disconnected and can come back with the last id.
 */
export function streamEvents(
  context: Context,
  control: Control,
  asked: { citizenId: string; after: number | undefined },
): Response {
  const backlog: (ChatEvent | 'end')[] =
    asked.after === undefined ? [] : control.messages(asked.citizenId, { after: asked.after });
  let wake = () => {};
  const put = (event: ChatEvent | 'end') => {
    backlog.push(backlog.length < MOST_BACKLOG ? event : 'end');
    wake();
  };
  const stop = control.watch(asked.citizenId, put, () => put('end'));
  return streamSSE(context, async (stream) => {
    stream.onAbort(() => put('end'));
    await stream.write(': connected\n\n');
    for (;;) {
      const event = backlog.shift();
      if (event === 'end' || stream.aborted) break;
      if (event !== undefined)
        await stream.writeSSE({ data: JSON.stringify(event), ...('seq' in event ? { id: String(event.seq) } : {}) });
      else if (
        (await nextOrPing((resolve) => {
          wake = resolve;
        })) === 'ping'
      )
        await stream.write(': ping\n\n');
    }
    stop();
  });
}

function nextOrPing(onWake: (resolve: () => void) => void): Promise<'next' | 'ping'> {
  return new Promise((resolve) => {
    const timeout = setTimeout(() => resolve('ping'), PING_MS);
    timeout.unref();
    onWake(() => {
      clearTimeout(timeout);
      resolve('next');
    });
  });
}
