/** Numbers that citizens write to. */
import { type ChannelAccount, HazirError } from '@hazir/core';
import type { Tx } from '../database.ts';

export interface Channel extends ChannelAccount {
  id: number;
  organizationId: number;
  channelType: string;
  name: string;
  displayPhone: string | null;
  pack: string;
  appId: string | null;
  appSecret: string;
  verifyToken: string;
  messagesPerSecond: number;
  readReceipts: boolean;
  /** Set when the provider refuses the account: nothing is sent until it is resumed. */
  stoppedReason: string | null;
}

export type NewChannel = Omit<Channel, 'id' | 'stoppedReason'>;

const COLUMNS = `id, organization_id as "organizationId", channel_type as "channelType", account_id as "accountId", business_id as "businessId",
  name, display_phone as "displayPhone", pack, base_url as "baseUrl", graph_version as "version", app_id as "appId",
  access_token as "accessToken", app_secret as "appSecret", verify_token as "verifyToken", messages_per_second as "messagesPerSecond",
  read_receipts as "readReceipts", stopped_reason as "stoppedReason"`;

export async function listChannels(tx: Tx): Promise<Channel[]> {
  const { rows } = await tx.query<Channel>(`select ${COLUMNS} from channels order by id`);
  return rows;
}

/** Creates a channel or, for the same account, brings it up to date; keeps its id. Throws when another organization has it. */
export async function saveChannel(tx: Tx, channel: NewChannel): Promise<Channel> {
  const values = [
    ...[channel.organizationId, channel.channelType, channel.accountId, channel.businessId, channel.name, channel.displayPhone],
    ...[
      channel.pack,
      channel.baseUrl,
      channel.version,
      channel.appId,
      channel.accessToken,
      channel.appSecret,
      channel.verifyToken,
    ],
  ];
  const updated = await tx.query<Channel>(
    `update channels set business_id = $4, name = $5, display_phone = $6, pack = $7, base_url = $8, graph_version = $9, app_id = $10,
            access_token = $11, app_secret = $12, verify_token = $13
      where organization_id = $1 and channel_type = $2 and account_id = $3 returning ${COLUMNS}`,
    values,
  );
  const saved = updated.rows[0] ?? (await insertChannel(tx, [...values, channel.messagesPerSecond, channel.readReceipts]));
  if (saved === undefined) {
    throw new HazirError('channel:taken', `The account ${channel.accountId} belongs to another organization.`, {
      hint: 'Remove it there first, or correct the phone-number id.',
    });
  }
  return saved;
}

async function insertChannel(tx: Tx, values: unknown[]): Promise<Channel | undefined> {
  const { rows } = await tx.query<Channel>(
    `insert into channels (organization_id, channel_type, account_id, business_id, name, display_phone, pack, base_url, graph_version, app_id,
                           access_token, app_secret, verify_token, messages_per_second, read_receipts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing returning ${COLUMNS}`,
    values,
  );
  return rows[0];
}

export async function stopChannel(tx: Tx, channelId: number, reason: string): Promise<void> {
  await tx.query('update channels set stopped_at = now(), stopped_reason = $2 where id = $1 and stopped_at is null', [
    channelId,
    reason,
  ]);
}

export async function resumeChannel(tx: Tx, channelId: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update channels set stopped_at = null, stopped_reason = null where id = $1 and stopped_at is not null',
    [channelId],
  );
  return rowCount === 1;
}

/** From the provider's own throughput notice. */
export async function setThroughput(tx: Tx, channelId: number, messagesPerSecond: number): Promise<void> {
  await tx.query('update channels set messages_per_second = $2 where id = $1', [channelId, messagesPerSecond]);
}
