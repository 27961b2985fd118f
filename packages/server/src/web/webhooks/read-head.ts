/** The head of an HTTP/1.1 request, read strictly: whatever could be understood in two ways is malformed. */

export interface Head {
  method: string;
  target: string;
  /** By their names in lower case. */
  headers: Record<string, string>;
  /** Bytes of the head with its empty line. */
  bytes: number;
  bodyBytes: number;
  /** The other side wants the connection to end. */
  close: boolean;
}

export const HEAD_BYTES = 16 * 1024;
const END = '\r\n\r\n';
/** A request line and headers: no space before a colon, no line that goes on, no control characters. Linear: lines end where no class matches. */
const FORM = /^([A-Z]{3,10}) (\/[\x21-\x7e]*) HTTP\/1\.1(?:\r\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*)*$/;
const LENGTH = /^\d{1,10}$/;

export function readHead(bytes: Buffer): Head | 'incomplete' | 'malformed' {
  const end = bytes.indexOf(END);
  if (end === -1) return 'incomplete';
  if (end > HEAD_BYTES) return 'malformed';
  const text = bytes.toString('latin1', 0, end);
  const [, method, target] = FORM.exec(text) ?? [];
  const headers = readHeaders(text);
  if (method === undefined || target === undefined || headers === undefined) return 'malformed';
  const length = headers['content-length'] ?? '0';
  if (headers['transfer-encoding'] !== undefined || headers.upgrade !== undefined || !LENGTH.test(length)) return 'malformed';
  const close = headers.connection?.toLowerCase() === 'close';
  return { method, target, headers, bytes: end + END.length, bodyBytes: Number(length), close };
}

/** Said twice, these could be understood in two ways; of all others the first counts. */
const ONCE = new Set(['content-length', 'transfer-encoding', 'host', 'connection', 'x-hub-signature-256']);

/** Of a head of the right form; undefined when a header that decides something is said twice. */
function readHeaders(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = Object.create(null);
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    const key = line.slice(0, colon).toLowerCase();
    if (headers[key] === undefined) headers[key] = line.slice(colon + 1).trim();
    else if (ONCE.has(key)) return undefined;
  }
  return headers;
}
