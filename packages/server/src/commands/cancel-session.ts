/** Cancels a session and works on those who had a place in it; broken off, it goes on when it is run again, or with the server. */
import { HazirError } from '@hazir/core';
import { cancelSession, rebookFallen } from '@hazir/services';
import type { Command } from 'commander';
import { openFlows, readFlowDesk } from '../setup/open-flow.ts';
import { organizationId } from './organization-id.ts';
import { print, printJson } from './output.ts';
import { withDatabase } from './with-database.ts';

const KEEP_HOURS = '24';
const MOST_HOURS = 720;

interface Options {
  organization: string;
  keep: string;
  json?: boolean;
}

export function addCancelSession(appointments: Command): void {
  appointments
    .command('cancel <session>')
    .description('cancels a session: its citizens are told, and offered other seats before anybody else')
    .requiredOption('--organization <slug>', 'short name of the organization')
    .option('--keep <hours>', 'how long a seat that is offered is kept for somebody', KEEP_HOURS)
    .option('--json', 'print as JSON')
    .action(cancel);
}

async function cancel(session: string, options: Options): Promise<void> {
  const hours = Number(options.keep);
  if (!/^\d{1,3}$/.test(options.keep) || hours < 1 || hours > MOST_HOURS)
    throw new HazirError('usage:appointments', 'The hours are a whole number from 1 to 720.', { hint: 'For example: --keep 24' });
  const sum = await withDatabase(async (database) => {
    const now = new Date();
    const about = { organizationId: await organizationId(database, options.organization), session, keepMinutes: hours * 60, now };
    const cancelled = await database.transaction((tx) => cancelSession(tx, about));
    if (!cancelled.ok)
      throw new HazirError('usage:appointments', cancelled.error.message, { hint: 'See: hazir appointments sessions' });
    const { id, appointments } = cancelled.value;
    let told = 0;
    const done = await rebookFallen(database, {
      now,
      only: id,
      tell: openFlows(await readFlowDesk(database, now.getTime())),
      progress: (step) => {
        told += step.told;
        if (options.json !== true && step.told > 0) print(`${told} of ${appointments} are told.`);
      },
    });
    return { session, appointments, ...done };
  });
  if (options.json === true) return printJson(sum);
  print(`Session ${session} is cancelled. ${sum.told} had a place, ${sum.offered} are offered another one.`);
}
