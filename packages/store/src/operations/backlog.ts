/** What waits now, counted: for the numbers that are watched, and for whoever looks for what is stuck. */
import type { Tx } from '../database.ts';
import { timeOfId } from '../ids.ts';
import { LANES, type Lane } from '../path/lanes.ts';

export interface InboxBacklog {
  organization: string;
  channelId: number;
  account: string;
  rows: number;
  /** When the oldest was stored, by the database's clock. */
  oldest: Date;
}

export interface OutboxBacklog {
  organization: string;
  channelId: number;
  account: string;
  lane: Lane;
  /** 0 being posted, 1 due, 2 in doubt. */
  state: number;
  rows: number;
  /** When what the oldest answers was written, by the provider's clock. */
  oldest: Date;
}

export interface Backlog {
  inbox: InboxBacklog[];
  outbox: OutboxBacklog[];
  /** How long the oldest input has waited, by the database's own clock, milliseconds. Numbers without a pack of theirs count, too. */
  oldestInputMs: number;
  parked: { organization: string; direction: 'inbound' | 'outbound'; reason: string; rows: number }[];
  stopped: { organization: string; channelId: number; account: string; name: string; reason: string; since: Date }[];
  /** Processes that work numbers. */
  workers: number;
}

/** One round trip; it counts every waiting row, so ask for it every few seconds, not for each message. */
export async function readBacklog(tx: Tx): Promise<Backlog> {
  const { rows } = await tx.query<{ backlog: Raw }>({ name: 'read_backlog', text: BACKLOG });
  const raw = rows[0]?.backlog;
  if (raw === undefined) throw new Error('the backlog has no row');
  return {
    ...raw,
    inbox: raw.inbox.map((row) => ({ ...row, oldest: new Date(row.oldest) })),
    outbox: raw.outbox.map((row) => ({ ...row, lane: LANES[row.lane] ?? 'reply', oldest: new Date(timeOfId(row.oldest)) })),
    stopped: raw.stopped.map((row) => ({ ...row, since: new Date(row.since) })),
  };
}

interface Raw extends Omit<Backlog, 'inbox' | 'outbox' | 'stopped'> {
  inbox: (Omit<InboxBacklog, 'oldest'> & { oldest: string })[];
  outbox: (Omit<OutboxBacklog, 'oldest' | 'lane'> & { oldest: string; lane: number })[];
  stopped: (Omit<Backlog['stopped'][number], 'since'> & { since: string })[];
}

const BACKLOG = `
  with waiting as (
    select organization_id, channel_id, count(*) as rows, min(received_at) as oldest from inbox group by 1, 2
  ), unsent as (
    select organization_id, channel_id, lane, state, count(*) as rows, min(id::text) as oldest from outbox group by 1, 2, 3, 4
  ), aside as (
    select organization_id, direction, reason, count(*) as rows from parked_messages group by 1, 2, 3
  ), named as (
    select c.id, o.slug, c.account_id from channels c join organizations o on o.id = c.organization_id
  )
  select json_build_object(
    'inbox', (select coalesce(json_agg(json_build_object('organization', slug, 'channelId', channel_id, 'account', account_id,
                'rows', rows, 'oldest', oldest) order by oldest), '[]') from waiting join named on named.id = channel_id),
    'outbox', (select coalesce(json_agg(json_build_object('organization', slug, 'channelId', channel_id, 'account', account_id, 'lane', lane,
                'state', state, 'rows', rows, 'oldest', oldest) order by oldest), '[]') from unsent join named on named.id = channel_id),
    'oldestInputMs', (select coalesce(greatest(0, extract(epoch from clock_timestamp() - min(oldest)) * 1000), 0)::bigint from waiting),
    'parked', (select coalesce(json_agg(json_build_object('organization', o.slug, 'direction', direction, 'reason', reason,
                'rows', rows) order by rows desc), '[]') from aside join organizations o on o.id = organization_id),
    'stopped', (select coalesce(json_agg(json_build_object('organization', o.slug, 'channelId', c.id, 'account', c.account_id, 'name', c.name,
                'reason', c.stopped_reason, 'since', coalesce(c.stopped_at, now())) order by c.id), '[]')
                  from channels c join organizations o on o.id = c.organization_id where c.stopped_reason is not null),
    'workers', (select count(*) from pg_stat_activity where datname = current_database() and application_name = 'hazir leases')
  ) as backlog`;
