/** What citizens sent along with a request, for whoever works on it: type, place, time, and where else the same content was sent. */
import type { Tx } from '@hazir/store';
import { distance } from '../data/geometry.ts';
import { keyOf, type RequestRow } from './records.ts';

export interface Attachment {
  messageId: string;
  /** SHA-256 of the content as it is kept; null while it has not been fetched, or when it could not be. */
  hash: string | null;
  mimeType: string | null;
  /** Why there is no content. */
  error: string | null;
  takenAt: Date | null;
  /** From where it was taken to the place of the request; null where one of them is not known. */
  metres: number | null;
  /** References of other requests to which the same content was sent. */
  alsoWith: string[];
}

type AttachmentRow = Omit<Attachment, 'metres'> & { latitude: number | null; longitude: number | null };

/** The attachments of a request, in the order in which they came. */
export async function listAttachments(tx: Tx, row: RequestRow): Promise<Attachment[]> {
  const { organizationId, contactId, id } = keyOf(row);
  const { rows } = await tx.query<AttachmentRow>(
    `select a.message_id as "messageId", m.hash, f.mime_type as "mimeType", m.error, m.taken_at as "takenAt", m.latitude, m.longitude,
       array(select distinct r.reference from message_files o
               join service_request_attachments b on b.organization_id = o.organization_id and b.message_id = o.message_id
               join service_requests r on r.organization_id = b.organization_id and r.contact_id = b.contact_id and r.id = b.request_id
              where o.organization_id = m.organization_id and o.hash = m.hash and r.id <> a.request_id order by 1) as "alsoWith"
       from service_request_attachments a
       left join message_files m on m.organization_id = a.organization_id and m.message_id = a.message_id
       left join files f on f.organization_id = m.organization_id and f.hash = m.hash
      where a.organization_id = $1 and a.contact_id = $2 and a.request_id = $3 order by a.attached_at, a.message_id`,
    [organizationId, contactId, id],
  );
  return rows.map(({ latitude, longitude, ...attachment }) => ({ ...attachment, metres: metresFrom(row, latitude, longitude) }));
}

function metresFrom({ latitude: north, longitude: east }: RequestRow, latitude: number | null, longitude: number | null) {
  if (north === null || east === null || latitude === null || longitude === null) return null;
  return Math.round(distance({ latitude, longitude }, { latitude: north, longitude: east }));
}

/** The fetched content of `service_request_attachments a`: `message_files m` with its `files f`. */
export const FETCHED = `join message_files m on m.organization_id = a.organization_id and m.message_id = a.message_id
       join files f on f.organization_id = m.organization_id and f.hash = m.hash`;

/** The content of one of a request's attachments; undefined for another's, and while there is none. */
export async function attachedFile(
  tx: Tx,
  row: RequestRow,
  messageId: string,
): Promise<{ hash: string; mimeType: string } | undefined> {
  const { organizationId, contactId, id } = keyOf(row);
  const { rows } = await tx.query<{ hash: string; mimeType: string }>(
    `select f.hash, f.mime_type as "mimeType" from service_request_attachments a
       ${FETCHED}
      where a.organization_id = $1 and a.contact_id = $2 and a.request_id = $3 and a.message_id = $4`,
    [organizationId, contactId, id, messageId],
  );
  return rows[0];
}
