/** graphile-worker's words into our log; its chatter stays at debug level. */
import { Logger } from 'graphile-worker';
import type { Log } from '../log.ts';

export function jobLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    const ours = level === 'error' ? 'warn' : 'debug';
    log(ours, 'job_queue', { detail: message });
  });
}
