/** Structured logs on stderr: one JSON object a line, so that stdout stays for answers of commands. */
import type { Log } from '@hazir/runtime';
import { destination, pino } from 'pino';

export function createLog(level: 'debug' | 'info' | 'warn' | 'error'): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination({ fd: 2, sync: true }));
  return (at, event, fields) => logger[at]({ event, ...fields });
}

/** For tests and one-off commands. */
export const silentLog: Log = () => undefined;
