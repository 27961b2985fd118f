/** Media in the Graph API: upload, address, deletion. */
import { type JsonObject, textProperty } from '@hazir/core';
import { bareType, kindOfType, MEDIA_LIMITS } from '../media/limits.ts';
import { dropFile, KEPT_MS, keepFile, signedUrl } from '../media/store.ts';
import { requiredText } from '../send/node.ts';
import type { MediaFile, NumberState } from '../world.ts';
import type { GraphCall } from './call.ts';
import { refuse } from './refusal.ts';

/** `POST /{phone}/media`, multipart. */
export function uploadMedia(call: GraphCall, _number: NumberState): JsonObject {
  requiredText({ at: '', value: call.body }, 'messaging_product', 20);
  const { file } = call;
  if (file === undefined) return refuse(131008, 'Required parameter file is missing.');
  const mimeType = file.mimeType === '' ? (textProperty(call.body, 'type') ?? '') : file.mimeType;
  const kind = kindOfType(mimeType);
  if (kind === undefined) {
    const types = Object.values(MEDIA_LIMITS).flatMap((limit) => limit.types);
    const details = `Param file must be a file with one of the following types: ${types.join(', ')}. Received file of type '${bareType(mimeType)}'.`;
    return refuse(100, details);
  }
  const most = MEDIA_LIMITS[kind].bytes;
  if (file.bytes.length > most) return refuse(131053, `A file of type ${bareType(mimeType)} has at most ${most} bytes.`);
  const kept = keepFile(call.world, { bytes: file.bytes, mimeType, fileName: file.fileName }, KEPT_MS.business);
  return { id: kept.id };
}

/** `GET /{media}`: an address for five minutes. */
export function getMedia(call: GraphCall, file: MediaFile): JsonObject {
  return {
    messaging_product: 'whatsapp',
    url: signedUrl(call.world, file.id),
    mime_type: file.mimeType,
    sha256: file.sha256,
    file_size: file.bytes.length,
    id: file.id,
  };
}

export function deleteMedia(call: GraphCall, file: MediaFile): JsonObject {
  return { success: dropFile(call.world, file.id) };
}
