/** Photos of a request in the chat: the one that an officer is shown, and the one with which an officer closes, which citizens are shown. */
import { type Tx, timeOfId } from '@hazir/store';
import { FETCHED } from '../attachments.ts';
import type { Photo } from '../evidence.ts';
import { keyOf, type RequestRow } from '../records.ts';

/** A stored photo, as flows send it. */
export interface Picture {
  hash: string;
  mimeType: string;
}

/** The first photo that came with a request and has been fetched. */
export async function firstPicture(tx: Tx, row: RequestRow): Promise<Picture | undefined> {
  const { organizationId, contactId, id } = keyOf(row);
  const { rows } = await tx.query<Picture>(
    `select m.hash, f.mime_type as "mimeType" from service_request_attachments a
       ${FETCHED}
      where a.organization_id = $1 and a.contact_id = $2 and a.request_id = $3 and f.mime_type in ('image/jpeg', 'image/png')
      order by a.attached_at, a.message_id limit 1`,
    [organizationId, contactId, id],
  );
  return rows[0];
}

/** The photo with which a request was moved to where it stands, of those that are attached to it; undefined where there is none. */
export async function lastEvidence(tx: Tx, row: RequestRow): Promise<Picture | undefined> {
  const { organizationId, contactId, id } = keyOf(row);
  const { rows } = await tx.query<Picture>(
    `select m.hash, f.mime_type as "mimeType" from service_request_events e
       join service_request_attachments a on a.organization_id = e.organization_id and a.contact_id = e.contact_id and a.request_id = e.request_id
        and e.details -> 'photos' @> jsonb_build_array(jsonb_build_object('file', a.message_id::text))
       ${FETCHED}
      where e.organization_id = $1 and e.contact_id = $2 and e.request_id = $3 and e.happened_at >= $4 and f.mime_type in ('image/jpeg', 'image/png')
      order by e.happened_at desc, a.message_id limit 1`,
    [organizationId, contactId, id, row.entered_at],
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
