/** What is published of an issuer: its names are kept beside its keys, so that they outlive a change of the pack. */
import type { Tx } from '@hazir/store';
import { z } from 'zod';
import { hexOf } from './credential/claims.ts';
import { writeStatusList } from './credential/status-list.ts';
import type { PublishedIssuer, PublishedKey, PublishedTrust } from './credential/trust.ts';
import { listForeignKeys } from './foreign-keys.ts';
import { activeKey, coseKey } from './keys.ts';
import type { DocumentSettings } from './settings.ts';
import type { DocumentTemplate } from './templates.ts';

const words = z.record(z.string(), z.string());
const typeFacts = z.object({ name: words, fields: z.record(z.string(), words), correctable: z.array(z.string()) });
const issuerRow = z.object({ url: z.string(), name: words, types: z.record(z.string(), typeFacts) });

/** What is kept of an issuer. */
export type IssuerFacts = z.output<typeof issuerRow>;

/** What a pack says of its issuer, as it is kept and published. */
export function issuerFacts({ issuer }: DocumentSettings, templates: ReadonlyMap<string, DocumentTemplate>): IssuerFacts {
  const types = [...templates.values()].map(({ code, name, fields }) => {
    const labels = Object.fromEntries(fields.map(({ name: key, label }) => [key, label]));
    const correctable = fields.filter((field) => field.correctable).map(({ name: key }) => key);
    return [code, { name, fields: labels, correctable }];
  });
  return { ...issuer, types: Object.fromEntries(types) };
}

/** Keeps the facts; types that are no longer among them stay. Writes nothing where nothing is new. */
export async function keepIssuer(tx: Tx, organizationId: number, { url, name, types }: IssuerFacts): Promise<void> {
  const values = [organizationId, url, JSON.stringify(name), JSON.stringify(types)];
  const { rowCount } = await tx.query(
    'select from document_issuers where organization_id = $1 and url = $2 and name = $3::jsonb and types @> $4::jsonb',
    values,
  );
  if (rowCount === 1) return;
  await tx.query(
    `insert into document_issuers (organization_id, url, name, types) values ($1, $2, $3, $4) on conflict (organization_id)
     do update set url = excluded.url, name = excluded.name, types = document_issuers.types || excluded.types`,
    values,
  );
}

export async function readIssuer(tx: Tx, organizationId: number): Promise<IssuerFacts | undefined> {
  const { rows } = await tx.query('select url, name, types from document_issuers where organization_id = $1', [organizationId]);
  return rows[0] && issuerRow.parse(rows[0]);
}

/** The address of an issuer's status list. */
export function statusUri(url: string): string {
  return `${url}/status`;
}

/** Everything that verifiers need: every issuer of this server with its keys and its status list of this moment. */
export async function publishTrust(tx: Tx, now: Date): Promise<PublishedTrust> {
  const { rows } = await tx.query<{ id: number }>('select organization_id as id from document_issuers order by organization_id');
  const issuers: PublishedIssuer[] = [];
  for (const { id } of rows) {
    const facts = await readIssuer(tx, id);
    if (facts !== undefined) issuers.push(await publishIssuer(tx, id, { facts, now }));
  }
  return { issuers, foreign: await listForeignKeys(tx) };
}

async function publishIssuer(
  tx: Tx,
  organizationId: number,
  { facts, now }: { facts: IssuerFacts; now: Date },
): Promise<PublishedIssuer> {
  const { url, name } = facts;
  const key = await activeKey(tx, organizationId, now);
  const { rows } = await tx.query<{ size: number; revoked: number[] | null }>(
    `select coalesce(max(status_index) + 1, 0) as size, array_agg(status_index) filter (where revoked_at is not null) as revoked
       from documents where organization_id = $1`,
    [organizationId],
  );
  const { size = 0, revoked } = rows[0] ?? {};
  const list = { uri: statusUri(url), madeAt: seconds(now), size, revoked: revoked ?? [] };
  const types = Object.fromEntries(
    Object.entries(facts.types).map(([code, type]) => [code, { name: type.name, fields: type.fields }]),
  );
  const statusList = hexOf(writeStatusList(list, coseKey(key)));
  return { id: url, name, keys: await publishedKeys(tx, organizationId), types, statusList };
}

async function publishedKeys(tx: Tx, organizationId: number): Promise<PublishedKey[]> {
  const { rows } = await tx.query<{ kid: string; public_key: Buffer; active_from: Date; retired_at: Date | null }>(
    'select kid, public_key, active_from, retired_at from document_keys where organization_id = $1 order by active_from',
    [organizationId],
  );
  return rows.map(({ kid, public_key, active_from, retired_at }) => ({
    kid,
    publicKey: hexOf(public_key),
    from: seconds(active_from),
    until: retired_at === null ? null : seconds(retired_at),
  }));
}

/** Unix seconds. */
export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
