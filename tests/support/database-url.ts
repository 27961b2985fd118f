/** The database that every test file's own is cloned from. */
export const TEMPLATE = 'hazir_template';

/** The same server, another database. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
