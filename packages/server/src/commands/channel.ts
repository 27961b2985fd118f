import { HazirError } from '@hazir/core';
import { type Channel, listChannels, resumeChannel } from '@hazir/store';
import type { Command } from 'commander';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

export function addChannelCommand(program: Command): void {
  const channel = program.command('channel').description('the numbers that citizens write to');
  channel
    .command('list')
    .description('show every number, for a person or, with --json, for a script')
    .option('--json', 'print as JSON')
    .option('--show-secrets', 'with the verify token, app secret and access token')
    .action(async (options: { json?: boolean; showSecrets?: boolean }) => {
      const channels = await withDatabase((database) => listChannels(database));
      const shown = channels.map((one) => present(one, options.showSecrets === true));
      if (options.json) printJson(shown);
      else if (shown.length === 0) print('No number yet. "hazir start" on the embedded database makes a demo number.');
      else printTable([['id', 'type', 'phone-number id', 'name', 'pack', 'state'], ...shown.map(rowOf)]);
    });
  channel
    .command('resume <id>')
    .description('let a stopped number send again; its queue was kept')
    .action(async (id: string) => {
      const resumed = await withDatabase((database) => resumeChannel(database, Number(id)));
      if (!resumed)
        throw new HazirError('usage:channel', `Number ${id} does not exist or is not stopped.`, {
          hint: 'See: hazir channel list',
        });
      print(`Number ${id} sends again.`);
    });
}

function present(channel: Channel, showSecrets: boolean) {
  const { id, channelType, accountId, businessId, name, displayPhone, pack, baseUrl, version, appId, stoppedReason } = channel;
  const open = {
    id,
    channelType,
    phoneNumberId: accountId,
    businessId,
    name,
    displayPhone,
    pack,
    graphUrl: baseUrl,
    graphVersion: version,
    appId,
    stoppedReason,
  };
  const { verifyToken, appSecret, accessToken } = channel;
  return showSecrets ? { ...open, verifyToken, appSecret, accessToken } : open;
}

function rowOf(channel: ReturnType<typeof present>): string[] {
  const state = channel.stoppedReason === null ? 'sends' : `stopped: ${channel.stoppedReason}`;
  return [String(channel.id), channel.channelType, channel.phoneNumberId, channel.name, channel.pack, state];
}
