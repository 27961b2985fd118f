/** Makes the requests of one exchange, within its time, and says what came of it. */
import type { Exchange, ProviderStep } from '@hazir/language';
import type { HttpClient } from '../http.ts';

export type Made<Answer> = { answer: Answer } | { code: string; again: boolean };

/** More than the two requests of a pipeline is a provider that runs in circles. */
const MOST_REQUESTS = 3;

export async function makeExchange<Answer>(
  http: HttpClient,
  begun: ProviderStep<Answer>,
  timeoutMs: number,
): Promise<Made<Answer>> {
  const late = Promise.withResolvers<Made<Answer>>();
  const timer = setTimeout(() => late.resolve({ code: 'provider:timeout', again: true }), timeoutMs);
  try {
    return await Promise.race([follow(http, begun), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function follow<Answer>(http: HttpClient, begun: ProviderStep<Answer>): Promise<Made<Answer>> {
  let step = begun;
  for (let count = 0; count <= MOST_REQUESTS; count += 1) {
    if ('answer' in step) return step;
    if ('failure' in step) return step.failure;
    const { request, read }: Exchange<Answer> = step.next;
    const response = await http.call(request);
    if ('network' in response) return { code: 'provider:unreachable', again: true };
    step = read(response);
  }
  return { code: 'provider:answer', again: false };
}
