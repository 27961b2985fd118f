/** Files that came with messages, and those that we lent to a provider. The bytes lie in the data folder, by hash. */
import type { Tx } from './database.ts';

export interface MessageFile {
  organizationId: number;
  contactId: string;
  messageId: string;
  channelId: number;
  providerMediaId: string;
}

/** Notes that a message has a file to fetch. */
export async function expectFile(tx: Tx, file: MessageFile): Promise<void> {
  await tx.query(
    `insert into message_files (organization_id, contact_id, message_id, channel_id, provider_media_id) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [file.organizationId, file.contactId, file.messageId, file.channelId, file.providerMediaId],
  );
}

/** The file of a citizen's message; undefined when it has none. */
export async function fileOfMessage(
  tx: Tx,
  { organizationId, contactId, messageId }: Omit<MessageFile, 'channelId' | 'providerMediaId'>,
): Promise<MessageFile | undefined> {
  const { rows } = await tx.query<{ channelId: number; providerMediaId: string }>(
    `select channel_id as "channelId", provider_media_id as "providerMediaId" from message_files
      where organization_id = $1 and contact_id = $2 and message_id = $3`,
    [organizationId, contactId, messageId],
  );
  return rows[0] && { organizationId, contactId, messageId, ...rows[0] };
}

/** The content that was fetched for a message; undefined while there is none. */
export async function fetchedFile(tx: Tx, file: MessageFile): Promise<{ hash: string; mimeType: string } | undefined> {
  const { rows } = await tx.query<{ hash: string; mimeType: string }>(
    `select f.hash, f.mime_type as "mimeType" from message_files m join files f using (organization_id, hash)
      where m.organization_id = $1 and m.contact_id = $2 and m.message_id = $3`,
    [file.organizationId, file.contactId, file.messageId],
  );
  return rows[0];
}

/** The content of a file, and where and when a photo was taken as far as it said so. */
export interface FetchedContent {
  hash: string;
  mimeType: string;
  bytes: number;
  position?: { latitude: number; longitude: number };
  takenAt?: Date;
}

/** Notes what an organization keeps under a hash. */
export async function noteContent(
  tx: Tx,
  organizationId: number,
  { hash, mimeType, bytes }: Pick<FetchedContent, 'hash' | 'mimeType' | 'bytes'>,
): Promise<void> {
  await tx.query('insert into files (organization_id, hash, mime_type, bytes) values ($1, $2, $3, $4) on conflict do nothing', [
    ...[organizationId, hash, mimeType, bytes],
  ]);
}

/** Records the fetched content of a message's file, or why there is none. */
export async function recordFile(tx: Tx, file: MessageFile, result: FetchedContent | { error: string }): Promise<void> {
  if ('hash' in result) {
    await noteContent(tx, file.organizationId, result);
  }
  const { organizationId, contactId, messageId } = file;
  const { hash, position, takenAt, error } = { hash: null, position: undefined, takenAt: null, error: null, ...result };
  await tx.query(
    `update message_files set hash = $3, error = $4, fetched_at = now(), latitude = $5, longitude = $6, taken_at = $7
      where organization_id = $1 and message_id = $2 and contact_id = $8`,
    [organizationId, messageId, hash, error, position?.latitude ?? null, position?.longitude ?? null, takenAt, contactId],
  );
}

/** Forgets the recordings of voice messages of before; `unused` are contents that nothing points to any more. */
export async function forgetVoice(
  tx: Tx,
  { before, most }: { before: Date; most: number },
): Promise<{ forgotten: number; unused: string[] }> {
  const { rows } = await tx.query<{ hash: string }>(
    `update message_files m set hash = null, error = 'expired' from (
       select m.organization_id, m.contact_id, m.message_id, m.hash from message_files m join files f using (organization_id, hash)
        where f.mime_type like 'audio/%' and m.fetched_at < $1 order by m.fetched_at limit $2) old
      where m.organization_id = old.organization_id and m.contact_id = old.contact_id and m.message_id = old.message_id
      returning old.hash`,
    [before, most],
  );
  const hashes = [...new Set(rows.map(({ hash }) => hash))];
  const { rows: unused } = await tx.query<{ hash: string }>(
    `with gone as (
       delete from files f where f.hash = any ($1)
          and not exists (select from message_files m where m.organization_id = f.organization_id and m.hash = f.hash)
          and not exists (select from uploaded_files u where u.organization_id = f.organization_id and u.hash = f.hash)
       returning f.hash)
     select distinct hash from gone where hash not in (select hash from message_files where hash = any ($1))`,
    [hashes],
  );
  return { forgotten: rows.length, unused: unused.map(({ hash }) => hash) };
}

/** A provider's id for content that we uploaded there and that it still keeps. */
export async function uploadedMedia(
  tx: Tx,
  key: { organizationId: number; channelId: number; hash: string },
): Promise<string | undefined> {
  const { rows } = await tx.query<{ media_id: string }>(
    'select media_id from uploaded_files where organization_id = $1 and channel_id = $2 and hash = $3 and expires_at > now()',
    [key.organizationId, key.channelId, key.hash],
  );
  return rows[0]?.media_id;
}

export async function saveUpload(
  tx: Tx,
  upload: { organizationId: number; channelId: number; hash: string; mediaId: string; expiresAt: Date },
): Promise<void> {
  await tx.query(
    `insert into uploaded_files (organization_id, channel_id, hash, media_id, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (organization_id, channel_id, hash) do update set media_id = excluded.media_id, expires_at = excluded.expires_at`,
    [upload.organizationId, upload.channelId, upload.hash, upload.mediaId, upload.expiresAt],
  );
}
