/** SQL of documents. */
import type { Tx } from '@hazir/store';

export interface DocumentRow {
  organizationId: number;
  contactId: string;
  id: string;
  number: string;
  version: number;
  template: string;
  language: string;
  fields: Record<string, string>;
  issuedAt: Date;
  expiresAt: Date | null;
  kid: string;
  statusIndex: number;
  code: string;
  revokedAt: Date | null;
  revokeReason: string | null;
}

export type NewDocument = Omit<DocumentRow, 'revokedAt' | 'revokeReason'>;

const columns = `organization_id as "organizationId", contact_id as "contactId", id, number, version, template, language, fields,
  issued_at as "issuedAt", expires_at as "expiresAt", kid, status_index as "statusIndex", code, revoked_at as "revokedAt",
  revoke_reason as "revokeReason"`;

/** A document by its id, whatever became of it. */
export async function readDocument(
  tx: Tx,
  { organizationId, contactId, id }: Pick<DocumentRow, 'organizationId' | 'contactId' | 'id'>,
): Promise<DocumentRow | undefined> {
  const { rows } = await tx.query<DocumentRow>(
    `select ${columns} from documents where organization_id = $1 and contact_id = $2 and id = $3`,
    [organizationId, contactId, id],
  );
  return rows[0];
}

/** The newest version of a number, whoever's it is; `lock` keeps it from being changed meanwhile. */
export async function findByNumber(
  tx: Tx,
  organizationId: number,
  { number, lock = false }: { number: string; lock?: boolean },
): Promise<DocumentRow | undefined> {
  const { rows } = await tx.query<DocumentRow>(
    `select ${columns} from documents where organization_id = $1 and number = $2
      order by version desc limit 1 ${lock ? 'for update' : ''}`,
    [organizationId, number],
  );
  return rows[0];
}

/** A citizen's documents that count, the latest first. */
export async function listOwn(
  tx: Tx,
  given: { organizationId: number; contactId: string; template?: string | undefined; limit: number },
): Promise<DocumentRow[]> {
  const { rows } = await tx.query<DocumentRow>(
    `select ${columns} from documents where organization_id = $1 and contact_id = $2 and revoked_at is null
        and ($3::text is null or template = $3) order by issued_at desc, id desc limit $4`,
    [given.organizationId, given.contactId, given.template ?? null, given.limit],
  );
  return rows;
}

/** The latest documents of all organizations, for officers. */
export async function listDocuments(tx: Tx, limit: number): Promise<DocumentRow[]> {
  const { rows } = await tx.query<DocumentRow>(`select ${columns} from documents order by issued_at desc, id desc limit $1`, [
    limit,
  ]);
  return rows;
}

/** The latest documents of an organization: the newest version of each number. */
export async function documentsOf(tx: Tx, organizationId: number, limit: number): Promise<DocumentRow[]> {
  const { rows } = await tx.query<DocumentRow>(
    `select ${columns} from documents d where d.organization_id = $1
        and not exists (select from documents n where n.organization_id = d.organization_id and n.number = d.number and n.version > d.version)
      order by issued_at desc, id desc limit $2`,
    [organizationId, limit],
  );
  return rows;
}

/** The organizations that have given out this number: mostly one. */
export async function organizationsWithNumber(tx: Tx, number: string): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>('select distinct organization_id as id from documents where number = $1', [
    number,
  ]);
  return rows.map(({ id }) => id);
}

export async function nextStatusIndex(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ index: number }>(`select nextval('document_status_index')::int as index`);
  if (rows[0] === undefined) throw new Error('a sequence returned nothing');
  return rows[0].index;
}

/** Inserts a document; false when its number is another document's. */
export async function insertDocument(tx: Tx, document: NewDocument): Promise<boolean> {
  const {
    organizationId,
    contactId,
    id,
    number,
    version,
    template,
    language,
    fields,
    issuedAt,
    expiresAt,
    kid,
    statusIndex,
    code,
  } = document;
  const { rowCount } = await tx.query(
    `insert into documents (organization_id, contact_id, id, number, version, template, language, fields, issued_at, expires_at, kid,
       status_index, code)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (organization_id, number, version) do nothing`,
    [
      organizationId,
      contactId,
      id,
      number,
      version,
      template,
      language,
      JSON.stringify(fields),
      issuedAt,
      expiresAt,
      kid,
      statusIndex,
      code,
    ],
  );
  return rowCount === 1;
}

/** Revokes a document; false when it was revoked already. */
export async function markRevoked(
  tx: Tx,
  { organizationId, contactId, id }: DocumentRow,
  { reason, now }: { reason: string; now: Date },
) {
  const { rowCount } = await tx.query(
    `update documents set revoked_at = $4, revoke_reason = $5
      where organization_id = $1 and contact_id = $2 and id = $3 and revoked_at is null`,
    [organizationId, contactId, id, now, reason],
  );
  return rowCount === 1;
}

/** Records a correction; false when this field of this number was corrected before. */
export async function recordCorrection(
  tx: Tx,
  { organizationId, contactId, number }: DocumentRow,
  { field, officer, now }: { field: string; officer: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into document_corrections (organization_id, contact_id, number, field, officer, corrected_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [organizationId, contactId, number, field, officer, now],
  );
  return rowCount === 1;
}
