/**
 * National identity numbers. They are recognised to be taken out: a text is masked before it is stored, logged or sent on,
 * whatever it was written for.
 */
import { type PlainText, plainText } from '../tokens.ts';
import type { Finding } from './entity.ts';
import { hasVerhoeffCheck } from './verhoeff.ts';

const GAP = '[\\s.\\u2010-\\u2015-]?';
const AADHAAR = new RegExp(`(?<![0-9]${GAP})([2-9][0-9]{3})(${GAP})([0-9]{4})(${GAP})([0-9]{4})(?!${GAP}[0-9])`, 'g');
/** The fourth letter of a PAN is the kind of its holder. */
const PAN = /(?<![\p{L}\p{M}0-9])[a-z]{3}[abcfghjlpt][a-z][\s-]?[0-9]{4}[\s-]?[a-z](?![\p{L}\p{M}0-9])/gu;
const SHOWN = 4;
/** Country code and an Indian mobile number, in one piece. */
const PHONE_WITH_91 = /^91[6-9][0-9]{9}$/;
/** Words for an Aadhaar number, typed and in every script. */
const NAMES_AADHAAR = /a{1,3}dh?a{1,3}r|\buid(?:ai)?\b|आधार|আধার|আধাৰ|ଆଧାର|ஆதார்|ఆధార్|ಆಧಾರ್|ആധാർ|ആധാര്|આધાર|ਆਧਾਰ|آدھار/u;
/** The least digits that an identity number has. */
const FOUR_DIGITS = /\p{Nd}(?:\P{Nd}*\p{Nd}){3}/u;

/**
 * Replaces Aadhaar numbers (Verhoeff-checked, or in the form 1234 5678 9012) and PANs by X, all but the last four
 * characters, in any script's digits and however they are cut by spaces or invisible characters. The length of the text
 * and everything else stay. Twelve digits in one piece that read as 91 and a mobile number are a telephone number, unless
 * the text speaks of Aadhaar: then the check digit decides.
 */
export function maskIdentifiers(text: string): string {
  if (!FOUR_DIGITS.test(text)) return text;
  const source = plainText(text);
  let masked = '';
  let from = 0;
  for (const { start, end } of findIdentifiers(source.plain)) {
    const [first, last] = [source.starts[start] ?? 0, source.starts[end] ?? text.length];
    masked += text.slice(from, first) + maskPart(text.slice(first, last));
    from = last;
  }
  return masked + text.slice(from);
}

/** Identity numbers in a plain text, in order, without overlaps; their values are masked. */
export function findIdentifiers(plain: string): Finding[] {
  const found = [...aadhaarNumbers(plain), ...pans(plain)].sort((a, b) => a.start - b.start);
  return found.filter((one, index) => index === 0 || one.start >= (found[index - 1]?.end ?? 0));
}

/** The plain text with its way back, for those who need both. */
export function spansBack(source: PlainText, { start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start: source.starts[start] ?? 0, end: source.starts[end] ?? source.starts.at(-1) ?? 0 };
}

function aadhaarNumbers(plain: string): Finding[] {
  return [...plain.matchAll(AADHAAR)].flatMap((match): Finding[] => {
    const [whole, a = '', gap = '', b = '', secondGap = '', c = ''] = match;
    if (plain.charAt(match.index - 1) === '+') return [];
    const grouped = gap !== '' && secondGap !== '';
    const digits = a + b + c;
    if (!grouped && (!hasVerhoeffCheck(digits) || isPhone(digits, plain))) return [];
    return [{ kind: 'aadhaar', value: maskPart(whole), start: match.index, end: match.index + whole.length }];
  });
}

function isPhone(digits: string, plain: string): boolean {
  return PHONE_WITH_91.test(digits) && !NAMES_AADHAAR.test(plain);
}

function pans(plain: string): Finding[] {
  return [...plain.matchAll(PAN)].map(({ 0: whole, index }) => ({
    kind: 'pan',
    value: maskPart(whole.toUpperCase()),
    start: index,
    end: index + whole.length,
  }));
}

/** X for every letter and digit but the last four; separators stay. */
function maskPart(part: string): string {
  const characters = [...part];
  let shown = SHOWN;
  for (let index = characters.length - 1; index >= 0; index -= 1) {
    if (!/[\p{L}\p{Nd}]/u.test(characters[index] ?? '')) continue;
    if (shown > 0) shown -= 1;
    else characters[index] = 'X';
  }
  return characters.join('');
}
