import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase45, toBase45 } from '../base45.ts';
import { toCbor } from '../cbor.ts';
import { bytesOf } from '../claims.ts';
import { NOW, testKey, testTrust } from '../testing.ts';
import { verifyDocument } from '../verify-document.ts';
import { labelOf } from './labels.ts';
import {
  asCode,
  COWIN,
  claim169Code,
  dccCode,
  divocCode,
  FOREIGN_KEYS,
  PERSON,
  pack,
  signClaims,
  tokenClaims,
  VACCINATION,
} from './testing.ts';

const trust = { ...testTrust(testKey('mygov')), foreign: FOREIGN_KEYS };
const look = (code: string, known = trust) => verifyDocument(code, { trust: known, now: NOW });
const nobody = { ...trust, foreign: [] };

/** What a reader sees, in English. */
function seen(code: string, known = trust): { verdict: string; lines?: string[] } {
  const found = look(code, known);
  if (!('foreign' in found)) return { verdict: found.verdict };
  const { kind, fields } = labelOf(found.foreign, 'en');
  return { verdict: found.verdict, lines: [kind, ...fields.map(({ label, value }) => `${label}: ${value}`)] };
}

const VACCINATED = [
  'EU digital COVID certificate',
  ...[
    'Name: Erika Musterfrau',
    'Date of birth: 1964-08-12',
    'Vaccine: Comirnaty',
    'Dose: 2/2',
    'Date: 2026-02-01',
    'Country: DE',
  ],
  ...['Authority: Test institute', 'Certificate number: URN:UVCI:01DE/TEST/1#S'],
];
const IDENTITY = [
  'Identity code (MOSIP)',
  ...['Name: Sunita Devi', 'Date of birth: 1958-01-02', 'Gender: F', 'Address: Ward 4, Bihta', 'ID number: 3918592438'],
];

describe('codes of other systems', () => {
  test('an EU certificate of a trusted key is valid, and says who, what and when', () => {
    expect(seen(dccCode())).toEqual({ verdict: 'valid', lines: VACCINATED });
    expect(look(dccCode())).toMatchObject({ foreign: { issuer: { en: 'Health ministry (test)' }, issuedAt: NOW - 86_400 } });
    expect(seen(dccCode({ years: 0 })).verdict).toBe('expired');
  });

  test('an identity code names no key: each known one is tried', () => {
    expect(seen(claim169Code())).toEqual({ verdict: 'valid', lines: IDENTITY });
    expect(seen(claim169Code({ seed: 'somebody' }))).toEqual({ verdict: 'unknown_issuer', lines: IDENTITY });
  });

  test('of an unknown key it is shown what is written, and no issuer', () => {
    expect(seen(dccCode(), nobody)).toEqual({ verdict: 'unknown_issuer', lines: VACCINATED });
    expect(look(dccCode(), nobody)).toMatchObject({ foreign: { issuer: undefined } });
  });

  test('a stranger who uses the name of a trusted key is told', () => {
    expect(look(dccCode({ seed: 'stranger' }))).toEqual({ verdict: 'altered' });
  });

  test("Co-WIN's certificate is read; that it is genuine is not claimed", () => {
    expect(seen(divocCode())).toEqual({
      verdict: 'unknown_issuer',
      lines: [
        'Vaccination certificate (Co-WIN)',
        ...[
          'Name: सुनीता देवी',
          'Age: 67',
          'Gender: Female',
          'ID number: Aadhaar # XXXXXXXX1234',
          'Vaccine: COVISHIELD',
          'Dose: 1/2',
        ],
        ...['Date: 2026-01-31', 'Place: PHC Bihta (test)', 'Certificate number: 12345678901'],
      ],
    });
  });

  test('packed data without a signature is called that, as CBOR and as JSON', () => {
    const data = { fullName: 'Asha', card: { number: 7 } };
    const lines = ['Data code (PixelPass)', 'fullName: Asha', 'card.number: 7'];
    expect(seen(pack(toCbor(data)))).toEqual({ verdict: 'unsigned', lines });
    expect(seen(pack(new TextEncoder().encode(JSON.stringify(data))))).toEqual({ verdict: 'unsigned', lines });
  });

  test('a test and a recovery', () => {
    const of = (part: string, event: Record<string, unknown>) => {
      const certificate = new Map<string, unknown>([...VACCINATION, [part, [new Map(Object.entries(event))]]]);
      certificate.delete('v');
      const claims = tokenClaims(-260, new Map([[1, certificate]]));
      return `HC1:${pack(signClaims(claims, { seed: 'dcc', algorithm: -7, kid: bytesOf('0102030405060708') }))}`;
    };
    expect(seen(of('t', { tt: 'LP6464-4', sc: '2026-10-01T09:00:00Z', tr: '260415000', co: 'FR' })).lines).toContain(
      'Result: not detected',
    );
    expect(seen(of('r', { fr: '2026-09-01', co: 'FR' })).lines).toContain('Ill since: 2026-09-01');
  });
});

describe('no alteration verifies', () => {
  /** Valid, or another meaning than the one that was signed. */
  const passes = (code: string, lines: readonly string[]) => {
    const found = seen(code);
    return found.verdict === 'valid' && JSON.stringify(found.lines) !== JSON.stringify(lines);
  };

  test.each([
    ['an EU certificate', dccCode(), 'HC1:', VACCINATED],
    ['an identity code', claim169Code(), '', IDENTITY],
  ])('every bit and every truncation of %s', (_, code, prefix, lines) => {
    const bytes = fromBase45(code.slice(prefix.length)) ?? new Uint8Array();
    const changed: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const other = bytes.slice();
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      changed.push(prefix + toBase45(other));
    }
    const cut = Array.from(code, (_letter, length) => code.slice(0, length));
    expect([...changed, ...cut].filter((each) => passes(each, lines))).toEqual([]);
  });

  test('any bytes in any of the wrappings', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('HC1:', ''), (bytes, prefix) => {
        expect(look(prefix + pack(bytes)).verdict).not.toBe('valid');
        expect(look(asCode(Uint8Array.from([0x50, 0x4b, 3, 4, ...bytes]))).verdict).toBe('altered');
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile codes', () => {
  const nested = Uint8Array.from([...new Array<number>(20_000).fill(0x81), 0xf6]);
  const twice = Uint8Array.from([0xa2, 0x18, 0xa9, 0xa1, 1, 0x61, 0x61, 0x18, 0xa9, 0xa1, 1, 0x61, 0x62]);
  const signedTwice = toCbor([toCbor(new Map([[1, -8]])), new Map(), twice, new Uint8Array(64)]);
  test.each([
    ['the prefix alone', 'HC1:', 'altered'],
    [
      'a certificate without an event',
      `HC1:${pack(signClaims(tokenClaims(-260, new Map([[1, new Map()]])), { seed: 'dcc', algorithm: -7 }))}`,
      'altered',
    ],
    ['lists in lists, 20,000 deep', pack(nested), 'unreadable'],
    ['a claim twice', pack(signedTwice), 'unreadable'],
    ['more than it may unfold to', pack(new Uint8Array(2_000_000)), 'unreadable'],
    ['a text longer than any code', 'A'.repeat(5_000), 'unreadable'],
    ['a ZIP with two files', divocCode({ 'certificate.json': JSON.stringify(COWIN), 'more.json': '{}' }), 'altered'],
    ['a ZIP with another file', divocCode({ 'letter.json': JSON.stringify(COWIN) }), 'altered'],
    ['a ZIP that unfolds to megabytes', divocCode({ 'certificate.json': ' '.repeat(3_000_000) }), 'altered'],
    ['a ZIP with something else', divocCode({ 'certificate.json': '{"name":"x"}' }), 'altered'],
    [
      'an identity without a person',
      pack(signClaims(tokenClaims(169, new Map()), { seed: 'claim169', algorithm: -8 })),
      'altered',
    ],
    [
      'a picture of a person left out',
      pack(signClaims(tokenClaims(169, new Map([...PERSON, [16, new Uint8Array(900)]])), { seed: 'claim169', algorithm: -8 })),
      'valid',
    ],
  ])('%s', (_, code, verdict) => {
    expect(look(code).verdict).toBe(verdict);
  });
});
