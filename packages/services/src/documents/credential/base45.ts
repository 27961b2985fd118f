/** Base45 of RFC 9285, the letters that a QR code stores most densely. Reading is strict: every text has one meaning and every meaning one text. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const SIZE = 45;

/** Writes bytes: three characters for two, two for a last single one. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1];
    text += second === undefined ? digits(first, 2) : digits(first * 256 + second, 3);
  }
  return text;
}

/** Reads what toBase45 writes; undefined for anything else. */
export function fromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    const value = groupValue(group);
    if (value === undefined || value >= (group.length === 3 ? 65_536 : 256)) return undefined;
    if (group.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

function digits(value: number, count: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < count; place += 1) {
    text += ALPHABET.charAt(rest % SIZE);
    rest = Math.floor(rest / SIZE);
  }
  return text;
}

function groupValue(group: string): number | undefined {
  let value = 0;
  for (const [place, letter] of [...group].entries()) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return undefined;
    value += digit * SIZE ** place;
  }
  return value;
}
