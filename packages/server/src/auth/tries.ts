/** Wrong passwords of one account: whoever guesses from many addresses is stopped, too. */
import { createHash } from 'node:crypto';
import type { Tx } from '@hazir/store';

/** So many within the time; then the account waits until it has passed. */
const MOST_TRIES = 10;
const WITHIN_MINUTES = 15;

/** Counts a try to sign in; false when there were too many. */
export async function countTry(tx: Tx, email: string): Promise<boolean> {
  const { rows } = await tx.query<{ tries: number }>(
    `insert into officer_sign_in_tries as t (email_hash, tries, since) values ($1, 1, now())
     on conflict (email_hash) do update set
       tries = case when t.since < now() - make_interval(mins => $2) then 1 else t.tries + 1 end,
       since = case when t.since < now() - make_interval(mins => $2) then now() else t.since end
     returning tries`,
    [hashOf(email), WITHIN_MINUTES],
  );
  return (rows[0]?.tries ?? 0) <= MOST_TRIES;
}

/** Whoever knew the password begins anew. */
export async function forgetTries(tx: Tx, email: string): Promise<void> {
  await tx.query('delete from officer_sign_in_tries where email_hash = $1', [hashOf(email)]);
}

function hashOf(email: string): Buffer {
  return createHash('sha256').update(email.trim().toLowerCase()).digest();
}
