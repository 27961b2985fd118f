/** Which files WhatsApp carries: types and bytes by kind, as Meta documents them. */
export type SentMedia = 'image' | 'video' | 'audio' | 'document' | 'sticker';

const MB = 1024 * 1024;

export const MEDIA_LIMITS: Record<SentMedia, { bytes: number; types: readonly string[] }> = {
  image: { bytes: 5 * MB, types: ['image/jpeg', 'image/png'] },
  video: { bytes: 16 * MB, types: ['video/mp4', 'video/3gpp'] },
  audio: { bytes: 16 * MB, types: ['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg'] },
  document: {
    bytes: 100 * MB,
    types: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.ms-excel',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
  },
  sticker: { bytes: 500 * 1024, types: ['image/webp'] },
};

/** The largest file of all. */
export const MOST_FILE_BYTES = 100 * MB;

export const isSentMedia = (type: string): type is SentMedia => Object.hasOwn(MEDIA_LIMITS, type);

/** A media type without its parameters, in lower case: "audio/ogg; codecs=opus" is "audio/ogg". */
export function bareType(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

/** The kind of message that carries a type; undefined: WhatsApp does not carry it. */
export function kindOfType(mimeType: string): SentMedia | undefined {
  const bare = bareType(mimeType);
  for (const [kind, limit] of Object.entries(MEDIA_LIMITS)) if (isSentMedia(kind) && limit.types.includes(bare)) return kind;
  return undefined;
}

/** The type that an address names by its ending, for media sent by link, which the simulator does not fetch. */
export function typeOfLink(link: string): string | undefined {
  const ending = /\.([a-z0-9]{2,5})$/i.exec(URL.parse(link)?.pathname ?? '')?.[1]?.toLowerCase();
  return ending === undefined ? undefined : ENDINGS[ending];
}

const ENDINGS: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  mp4: 'video/mp4',
  '3gp': 'video/3gpp',
  webm: 'video/webm',
  aac: 'audio/aac',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  amr: 'audio/amr',
  ogg: 'audio/ogg',
  opus: 'audio/opus',
  wav: 'audio/wav',
  txt: 'text/plain',
  pdf: 'application/pdf',
};
