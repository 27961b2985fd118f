/** The type of a file by its bytes: what its sender declares is only believed where the bytes say nothing else. */
import { fileTypeFromBuffer } from 'file-type';

const UNKNOWN = 'application/octet-stream';
/** Wrappings that many types share: the declared type says more, and contradicts nothing. */
const WRAPPINGS = new Set([
  ...['application/zip', 'application/x-cfb', 'application/xml'],
  ...['application/ogg', 'audio/ogg', 'video/ogg', 'video/mp4'],
]);
/** What a browser would run. */
const ACTIVE = /^(text\/html|image\/svg\+xml|application\/xhtml\+xml|(text|application)\/(xml|javascript|ecmascript))$/;
const PICTURED = /^(image|video)\//;

/** MIME type under which a file is kept; `application/octet-stream` for what would run, and for a photo or film that is none. */
export async function typeOfFile(bytes: Uint8Array, declared: string): Promise<string> {
  const said = declared.trim().toLowerCase();
  const plain = said.split(';')[0]?.trim() ?? '';
  const seen = await seenType(bytes);
  if (seen === undefined) return PICTURED.test(plain) || ACTIVE.test(plain) ? UNKNOWN : said;
  const kept = WRAPPINGS.has(seen) && !plain.startsWith('image/') ? said : seen;
  return ACTIVE.test(kept.split(';')[0]?.trim() ?? '') ? UNKNOWN : kept;
}

/** Undefined for what has no mark of its own, such as plain text, and for a file that breaks off. */
async function seenType(bytes: Uint8Array): Promise<string | undefined> {
  try {
    const found = await fileTypeFromBuffer(bytes);
    return found?.mime.split(';')[0];
  } catch {
    return undefined;
  }
}
