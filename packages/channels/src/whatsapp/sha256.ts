/** Meta writes a file's SHA-256 as base64 in message webhooks and as hex in answers about media; we compare hex. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Lower-case hex of a SHA-256 given as hex, base64 or base64url; undefined when it is none of them. */
export function sha256Hex(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase();
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined;
  return hexOfBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

/** Each base64 digit is six bits, each hex digit four; 43 digits carry 256 bits and two of padding. */
function hexOfBase64(text: string): string {
  let bits = 0;
  let count = 0;
  let hex = '';
  for (const digit of text.replace('=', '')) {
    bits = (bits << 6) | alphabet.indexOf(digit);
    count += 6;
    while (count >= 4 && hex.length < 64) {
      count -= 4;
      hex += ((bits >> count) & 15).toString(16);
    }
    bits &= (1 << count) - 1;
  }
  return hex;
}
