/** Reads numbers, PIN codes and phone numbers out of what people write, in the digits of any script. */
import { asciiDigits } from '@hazir/language';
import type { Reading, ReadLimits } from './kinds.ts';

const NUMBER = /(?<![\d.])-?\d+(?:\.\d+)?(?![\d])/g;
const GROUPED = /(\d),(?=\d{2,3}(?:\D|$))/g;
const PIN = /(?<!\d)[1-9]\d{2}[ -]?\d{3}(?!\d)/g;
const INDIAN_MOBILE = /(?<!\d)(?:\+?91[ -]?|0)?([6-9]\d{4})[ -]?(\d{5})(?!\d)/g;
const INTERNATIONAL = /^\+[1-9][\d ()-]{6,20}$/;

/** The one number in a text: "5", "५ किलो", "Rs 1,20,000", "2.5". */
export function readNumber(text: string, { min, max, decimals }: ReadLimits): Reading {
  let plain = asciiDigits(text);
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(GROUPED, '$1');
  }
  const found = plain.match(NUMBER) ?? [];
  const value = Number(found[0]);
  if (found.length !== 1 || !Number.isFinite(value)) return { text: 'retry_number' };
  if (decimals !== true && !Number.isSafeInteger(value)) return { text: 'retry_number' };
  const least = typeof min === 'number' ? min : undefined;
  const most = typeof max === 'number' ? max : undefined;
  if ((least === undefined || value >= least) && (most === undefined || value <= most)) return { value };
  return least === undefined || most === undefined
    ? { text: 'retry_number' }
    : { text: 'retry_number_range', values: { min: least, max: most } };
}

/** The one PIN code in a text, as six ASCII digits. */
export function readPin(text: string): Reading {
  const found = new Set((asciiDigits(text).match(PIN) ?? []).map((pin) => pin.replace(/\D/g, '')));
  const [pin] = found;
  return found.size === 1 && pin !== undefined ? { value: pin } : { text: 'retry_pin' };
}

/** The one phone number in a text, as E.164 digits without "+". */
export function readPhone(text: string): Reading {
  const plain = asciiDigits(text).trim();
  const found = new Set([...plain.matchAll(INDIAN_MOBILE)].map((match) => `91${match[1]}${match[2]}`));
  const [phone] = found;
  if (found.size === 1 && phone !== undefined) return { value: phone };
  if (!INTERNATIONAL.test(plain)) return { text: 'retry_phone' };
  const digits = plain.replace(/\D/g, '');
  return digits.length >= 8 && digits.length <= 15 ? { value: digits } : { text: 'retry_phone' };
}
