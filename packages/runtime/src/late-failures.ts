/**
 * What was accepted and failed later, as a status tells: a closed window gets its template, a blocked account stops the number.
 * Whoever receives the status follows it, whichever process works the number.
 */
import type { OutboxRow } from '@hazir/store';
import type { RuntimeDeps } from './deps.ts';
import type { FactRecorder } from './facts.ts';
import { enqueueFallback, stopAccount } from './sender/outcome.ts';

/** `pass` receives a row that was put into the outbox. */
export function followLateFailures(deps: RuntimeDeps, facts: FactRecorder, pass: (row: OutboxRow) => void): void {
  facts.onFailed(async ({ channel, fact, error }) => {
    const outcome = deps.adapters.get(channel.channelType)?.classifyFailure(error);
    if (outcome?.type === 'account_stopped') await stopAccount({ deps }, channel, outcome.error);
    if (outcome?.type !== 'window_closed') return;
    const fallback = await enqueueFallback(deps, fact);
    if (fallback !== undefined) pass(fallback);
  });
}
