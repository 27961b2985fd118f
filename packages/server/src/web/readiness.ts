/**
 * Whether this process should get traffic. The question is a load balancer's, so the answer is about what it can do: take a process out
 * while another is better. A web process can take webhooks while the database is away, as long as its spool has room: it stays in, for
 * all of them are in the same position and somebody must take them. A backlog that nobody can work off does not go away by refusing at
 * one of several doors; but a process that does everything by itself sheds load so, and the provider keeps what it does not get.
 */
import type { Role } from '@hazir/runtime';
import type { Backlog } from '@hazir/store';
import { span } from '../commands/since.ts';

export interface Readiness {
  /** Why it should get no traffic; empty: ready. */
  reasons: string[];
  /** What an operator should know all the same. */
  warnings: string[];
}

export interface ReadinessParts {
  role: Role;
  backlog: () => Promise<Backlog>;
  /** Names of migrations that this version needs and the database does not have. */
  missingMigrations: () => Promise<string[]>;
  spool: () => { bytes: number; mostBytes: number };
  stopping: () => boolean;
  /** Milliseconds that the oldest input may wait before the backlog is hopeless. */
  hopelessMs: number;
}

/** A body that has no room is not taken, so the last byte is never used. */
const FULL = 0.98;

export async function readReadiness(parts: ReadinessParts): Promise<Readiness> {
  if (parts.stopping()) return { reasons: ['The process is stopping.'], warnings: [] };
  const [backlog, missing] = await Promise.all([
    parts.backlog().catch(() => undefined),
    parts.missingMigrations().catch(() => []),
  ]);
  const { bytes, mostBytes } = parts.spool();
  const spoolFull = bytes >= mostBytes * FULL;
  const found: Readiness = { reasons: [], warnings: [] };
  if (backlog === undefined) {
    const takes = parts.role !== 'worker' && !spoolFull;
    (takes ? found.warnings : found.reasons).push(
      takes ? 'The database does not answer; webhooks go to the spool.' : 'The database does not answer.',
    );
  }
  if (missing.length > 0) found.reasons.push(`The database lacks ${missing.join(', ')}. Run: hazir migrate`);
  if (spoolFull) found.reasons.push('The spool is full.');
  if (backlog !== undefined && backlog.oldestInputMs > parts.hopelessMs) {
    const waits = `The oldest message has waited ${span(backlog.oldestInputMs)}. See: hazir trace --stuck`;
    (parts.role === 'web' ? found.warnings : found.reasons).push(waits);
  }
  for (const { channelId } of backlog?.stopped ?? []) found.warnings.push(`Number ${channelId} is stopped.`);
  return found;
}
