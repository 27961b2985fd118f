const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  // PostgreSQL: shut down, starting, lost, read-only after a change of server, out of connections, disk or memory.
  ...['57P01', '57P02', '57P03', '08006', '08003', '08001', '25006', '53300', '53100', '53200'],
]);

/** The database is restarting or out of reach: nothing is wrong with the message. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && AWAY.has(error.code)) return true;
  // A server on this machine whose socket is gone; a missing file has the same code.
  if ('code' in error && error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true;
  return /Connection terminated|timeout exceeded when trying to connect|is not queryable|Query read timeout/.test(error.message);
}
