/** What anybody may check of a draw: the hash that was told before it, the seed, and the lots in their order. */
import { HazirError } from '@hazir/core';
import { listDraws } from '@hazir/services';
import type { Command } from 'commander';
import { organizationId } from './organization-id.ts';
import { print, printJson } from './output.ts';
import { withDatabase } from './with-database.ts';

interface Options {
  organization: string;
  json?: boolean;
}

export function addShowDraw(appointments: Command): void {
  appointments
    .command('draw <session>')
    .description('shows the draw of a session: before it the hash of the seed, after it the seed and the order of the lots')
    .requiredOption('--organization <slug>', 'short name of the organization')
    .option('--json', 'print as JSON')
    .action(show);
}

async function show(session: string, options: Options): Promise<void> {
  const draws = await withDatabase(async (database) =>
    listDraws(database, { organizationId: await organizationId(database, options.organization), session }),
  );
  if (options.json === true) return printJson(draws);
  if (draws.length === 0)
    throw new HazirError('usage:appointments', 'Nobody has put a name in for a draw of this session.', {
      hint: 'See: hazir appointments sessions',
    });
  for (const { startsAt, class: of, commitment, seed, drawnAt, lots } of draws) {
    print(`${startsAt.toISOString()} ${of}`.trim());
    print(`  hash of the seed  ${commitment}`);
    print(`  seed              ${seed ?? 'told after the draw'}`);
    if (drawnAt !== null) print(`  drawn at          ${drawnAt.toISOString()}\n  lots in order     ${lots.join(' ')}`);
  }
}
