import { HazirError } from '@hazir/core';
import { type Channel, type Database, listChannels, listNotices, resumeChannel, saveChannel } from '@hazir/store';
import type { Command } from 'commander';
import { checkChannels } from './channel-check.ts';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

const SECRETS = {
  accessToken: 'WHATSAPP_ACCESS_TOKEN',
  appSecret: 'WHATSAPP_APP_SECRET',
  verifyToken: 'WHATSAPP_VERIFY_TOKEN',
} as const;
const MESSAGES_PER_SECOND = 80;
const LISTED_NOTICES = 50;

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
    .command('notices')
    .description('show what Meta has told about the numbers: template reviews, quality, limits, account; the latest first')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => {
      const notices = await withDatabase((database) => listNotices(database, LISTED_NOTICES));
      if (options.json) printJson(notices);
      else if (notices.length === 0) print('No notice yet.');
      else
        printTable(
          notices.map(({ receivedAt, accountId, field, body }) => [
            receivedAt.toISOString(),
            accountId,
            field,
            JSON.stringify(body),
          ]),
        );
    });
  channel
    .command('check [id]')
    .description('ask Meta how a number stands: token, webhook, subscription, quality, limits; all numbers without an id')
    .option('--json', 'print as JSON')
    .action(checkChannels);
  channel
    .command('add')
    .description('connect a WhatsApp number; its secrets come from the environment, never from the command line')
    .requiredOption('--organization <slug>', 'organization that has published the pack')
    .requiredOption('--pack <id>', 'pack that answers on this number')
    .requiredOption('--phone-number-id <id>', "Meta's phone-number id")
    .requiredOption('--business-id <id>', 'WhatsApp business account (WABA) id')
    .option('--name <name>', 'name for lists', 'WhatsApp')
    .option('--display-phone <phone>', 'the number as citizens see it')
    .option('--graph-url <url>', 'Graph API', 'https://graph.facebook.com')
    .option('--graph-version <version>', 'version of the Graph API', 'v25.0')
    .addHelpText('after', `\nSecrets: ${Object.values(SECRETS).join(', ')}`)
    .action(add);
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

interface Added {
  organization: string;
  pack: string;
  phoneNumberId: string;
  businessId: string;
  name: string;
  displayPhone?: string;
  graphUrl: string;
  graphVersion: string;
}

async function add(options: Added): Promise<void> {
  const secrets = { accessToken: secret('accessToken'), appSecret: secret('appSecret'), verifyToken: secret('verifyToken') };
  const saved = await withDatabase(async (database) => {
    const organizationId = await publisherOf(database, options);
    return saveChannel(database, {
      ...secrets,
      organizationId,
      channelType: 'whatsapp',
      accountId: options.phoneNumberId,
      businessId: options.businessId,
      name: options.name,
      displayPhone: options.displayPhone ?? null,
      pack: options.pack,
      baseUrl: options.graphUrl.replace(/\/+$/, ''),
      version: options.graphVersion,
      appId: null,
      messagesPerSecond: MESSAGES_PER_SECOND,
      readReceipts: true,
    });
  });
  print(
    `Number ${saved.id} is connected. Give Meta the address https://YOUR-SERVER/webhooks/whatsapp and the verify token, and subscribe to "messages".`,
  );
}

function secret(name: keyof typeof SECRETS): string {
  const value = process.env[SECRETS[name]];
  if (value !== undefined && value !== '') return value;
  throw new HazirError('usage:secret', `${SECRETS[name]} is not set.`, {
    hint: 'Set it in the environment of this one command.',
  });
}

async function publisherOf(database: Database, { organization, pack }: Added): Promise<number> {
  const { rows } = await database.query<{ id: number }>(
    'select o.id from organizations o join pack_versions v on v.organization_id = o.id where o.slug = $1 and v.pack = $2 limit 1',
    [organization, pack],
  );
  if (rows[0] !== undefined) return rows[0].id;
  throw new HazirError('usage:not-published', `${organization} has not published the pack ${pack}.`, {
    hint: `Run: hazir pack publish packs/${pack} --organization ${organization}`,
  });
}
