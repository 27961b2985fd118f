/** Media in messages: by id of an upload, or by link. */
import { property } from '@hazir/core';
import { type Refusal, refuse } from '../graph/refusal.ts';
import { bareType, MEDIA_LIMITS, type SentMedia, typeOfLink } from '../media/limits.ts';
import { findFile } from '../media/store.ts';
import { childAt, missing, type Node, optionalText, requiredText, requiredUrl } from './node.ts';
import type { Reading, Scene } from './reading.ts';

const CAPTION = 1_024;

/** A media object of a message, `image`, `document` and so on. */
export function readMedia(node: Node, kind: SentMedia, scene: Scene): Reading {
  const source = readSource(node, kind, scene);
  const caption = kind === 'audio' || kind === 'sticker' ? undefined : optionalText(node, 'caption', CAPTION);
  const fileName = kind === 'document' ? (optionalText(node, 'filename', 240) ?? source.fileName) : undefined;
  const voice = kind === 'audio' && property(node.value, 'voice') === true;
  return {
    body: {
      type: 'media',
      media: voice ? 'voice' : kind,
      mediaId: source.mediaId,
      url: source.url,
      mimeType: source.mimeType,
      ...(caption === undefined ? {} : { caption }),
      ...(fileName === undefined ? {} : { fileName }),
    },
    ...(source.failure === undefined ? {} : { failure: source.failure }),
  };
}

export interface MediaSource {
  mediaId: string;
  url: string;
  mimeType: string;
  fileName: string | undefined;
  failure: Refusal | undefined;
}

/** Finds the file. A wrong type is found out by Meta only after acceptance: the message fails with 131053. */
export function readSource(node: Node, kind: SentMedia, scene: Scene): MediaSource {
  if (property(node.value, 'id') === undefined) {
    if (property(node.value, 'link') === undefined) return missing(node, 'id');
    const url = requiredUrl(node, 'link');
    const mimeType = typeOfLink(url) ?? MEDIA_LIMITS[kind].types[0] ?? '';
    return { mediaId: '', url, mimeType, fileName: undefined, failure: mismatch(kind, { mimeType, bytes: 0 }) };
  }
  const mediaId = requiredText(node, 'id', 200);
  const file = findFile(scene.world, mediaId);
  if (file === undefined) {
    return refuse(100, `Param ${childAt(node, 'id')} is not a valid whatsapp business account media attachment ID.`);
  }
  const failure = mismatch(kind, { mimeType: file.mimeType, bytes: file.bytes.length });
  return { mediaId, url: `/simulator/api/media/${mediaId}`, mimeType: file.mimeType, fileName: file.fileName, failure };
}

function mismatch(kind: SentMedia, file: { mimeType: string; bytes: number }): Refusal | undefined {
  const limit = MEDIA_LIMITS[kind];
  const type = bareType(file.mimeType);
  if (kind !== 'document' && !limit.types.includes(type)) {
    return { code: 131053, details: `${type} is not a supported type of ${kind}. Supported: ${limit.types.join(', ')}.` };
  }
  if (file.bytes > limit.bytes) return { code: 131053, details: `The ${kind} is larger than ${limit.bytes} bytes.` };
  return undefined;
}
