/** Tiny files that citizens of conversation tests send. */
const bytes = (text: string) => new TextEncoder().encode(text);

export const SAMPLES = {
  /** A JPEG by its first bytes; nobody looks at it. */
  photo: {
    bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9]),
    mimeType: 'image/jpeg',
  },
  document: { bytes: bytes('%PDF-1.4\n%%EOF\n'), mimeType: 'application/pdf', fileName: 'sample.pdf' },
  voice: { bytes: bytes('OggS'), mimeType: 'audio/ogg; codecs=opus' },
  sticker: { bytes: bytes('RIFF0000WEBP'), mimeType: 'image/webp' },
};
