/** Photos of a request in the chat: the one that an officer is shown, and the one with which an officer closes. */
import { type Tx, timeOfId } from '@hazir/store';
import type { Photo } from '../evidence.ts';
import { keyOf, type RequestRow } from '../records.ts';

/** The first photo that came with a request and has been fetched. */
export async function firstPicture(tx: Tx, row: RequestRow): Promise<{ hash: string; mimeType: string } | undefined> {
  const { organizationId, contactId, id } = keyOf(row);
  const { rows } = await tx.query<{ hash: string; mimeType: string }>(
    `select m.hash, f.mime_type as "mimeType" from service_request_attachments a
       join message_files m on m.organization_id = a.organization_id and m.message_id = a.message_id
       join files f on f.organization_id = m.organization_id and f.hash = m.hash
      where a.organization_id = $1 and a.contact_id = $2 and a.request_id = $3 and f.mime_type in ('image/jpeg', 'image/png')
      order by a.attached_at, a.message_id limit 1`,
    [organizationId, contactId, id],
  );
  return rows[0];
}

/**
 * A photo that was sent in the chat, as evidence. What the file itself said of its place and time goes before what is said
 * beside it: WhatsApp takes both out of a photo, not out of a document, and then the place that was shared and the time of
 * the message stand in.
 */
export async function readEvidence(
  tx: Tx,
  {
    organizationId,
    messageId,
    place,
  }: { organizationId: number; messageId: string; place: { latitude: number; longitude: number } | null },
): Promise<Photo> {
  const { rows } = await tx.query<{ latitude: number | null; longitude: number | null; takenAt: Date | null }>(
    'select latitude, longitude, taken_at as "takenAt" from message_files where organization_id = $1 and message_id = $2',
    [organizationId, messageId],
  );
  const [file] = rows;
  return {
    file: messageId,
    latitude: file?.latitude ?? place?.latitude,
    longitude: file?.longitude ?? place?.longitude,
    takenAt: file?.takenAt ?? new Date(timeOfId(messageId)),
  };
}
