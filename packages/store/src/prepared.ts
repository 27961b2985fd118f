/** Statements are written where they are used, and prepared by their text: the server parses and plans each once a connection. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Tx } from './database.ts';

/** Texts that are built at run time must not fill the server's memory: what is beyond this is not prepared. */
const MOST = 500;
const names = new Map<string, string>();

/** The same connection, on which every statement with values is prepared. */
export function prepared(client: pg.PoolClient): Tx {
  return {
    query: (statement, values) => {
      const name = typeof statement === 'string' && values !== undefined ? nameOf(statement) : undefined;
      if (typeof statement !== 'string') return client.query(statement, values);
      return name === undefined ? client.query(statement, values) : client.query({ name, text: statement, values: values ?? [] });
    },
  };
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `h${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
  names.set(text, name);
  return name;
}
