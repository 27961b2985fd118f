/** Asks before what cannot be taken back. Without a person at the terminal, --yes must say it. */
import { createInterface } from 'node:readline/promises';
import { HazirError } from '@hazir/core';

/** True when the answer is yes; throws `usage:confirm` where nobody can answer. */
export async function confirm(question: string, options: { yes?: boolean }): Promise<boolean> {
  if (options.yes === true) return true;
  if (!process.stdin.isTTY) {
    throw new HazirError('usage:confirm', `${question} Nobody is at the terminal to answer.`, { hint: 'Add --yes to do it.' });
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${question} Type yes to go on: `);
  asking.close();
  return answer.trim().toLowerCase() === 'yes';
}
