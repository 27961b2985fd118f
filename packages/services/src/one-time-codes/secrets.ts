/**
 * Codes and their hashes. A million codes are tried quickly, so the hash is a slow one (scrypt): who steals the database needs hours for a
 * code that lives three minutes.
 */
import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

export interface Hashed {
  salt: Buffer;
  hash: Buffer;
}

const DIGITS = 6;
const HASH_BYTES = 32;
/** Some ten milliseconds, outside the thread that answers messages. */
const COST = { N: 4_096, r: 8, p: 1 };

/** Six digits, from the system's randomness: the turn's own could be computed. */
export function newCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
}

export async function hashCode(code: string, salt: Buffer = randomBytes(16)): Promise<Hashed> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(code, salt, HASH_BYTES, COST, (error, hash) => (error === null ? resolve(hash) : reject(error)));
  return { salt, hash: await promise };
}

/** Takes as long for a near miss as for a far one. */
export async function isCode(typed: string, { salt, hash }: Hashed): Promise<boolean> {
  return timingSafeEqual((await hashCode(typed, salt)).hash, hash);
}

/** Names a subject without telling it. */
export function subjectHash(purpose: string, subject: string): Buffer {
  return createHash('sha256').update(`${purpose}\0${subject}`).digest();
}
