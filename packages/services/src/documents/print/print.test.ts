/** Pages as a citizen, a verifier and an archive meet them: every script shaped, the code readable, the data attached. */
import { inflateSync } from 'node:zlib';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { PRINTED_WORDS } from './all-words.ts';
import { codePixels } from './code-pixels.ts';
import { unprintableIn } from './fonts.ts';
import { type PrintedDocument, pageOf } from './page.ts';
import { createPrinter } from './printer.ts';
import certificates from './testdata/certificates.json' with { type: 'json' };
import { openPress, ownLayout, type Printed } from './typst.ts';

type Certificate = (typeof certificates)[number];

const CODE = `HZ1:${'6BFOXN*TS0BI$ZD4'.repeat(60)}`;
const FACTS = { url: 'https://assist.example.gov.in/verify/mygov', name: {}, types: {} };
const press = openPress();

function page({ language, issuer, title, statement, fields }: Certificate, layout = ownLayout('certificate.typ')) {
  const document: PrintedDocument = {
    language,
    number: '4821-9374-0167',
    code: CODE,
    issuedAt: new Date('2026-11-22T20:00:00Z'),
    expiresAt: null,
    fields: Object.fromEntries(fields.map(([, value = ''], index) => [`f${index}`, value])),
  };
  const labelled = fields.map(([label = ''], index) => ({ name: `f${index}`, label: { [language]: label }, correctable: false }));
  const texts = { statement: { [language]: statement } };
  return pageOf(document, 'eyJhbGciOiJFZERTQSJ9.e30.c2ln', {
    facts: { ...FACTS, name: { [language]: issuer } },
    template: { code: 'vaccination', name: { [language]: title }, fields: labelled, texts },
    layout,
    defaultLanguage: 'en',
    timeZone: 'Asia/Kolkata',
  });
}

const [english] = certificates;
if (english === undefined) throw new Error('there are samples');

function pdfOf(printed: Printed): Buffer {
  if ('wrong' in printed) throw new Error(printed.wrong);
  return Buffer.from(printed.pdf);
}

/** What lies in the file's compressed streams. */
function streamsOf(pdf: Buffer): Buffer[] {
  const parts = pdf
    .toString('latin1')
    .split(/stream\r?\n/)
    .slice(1);
  return parts.flatMap((part) => {
    try {
      return [inflateSync(Buffer.from(part, 'latin1'))];
    } catch {
      return [];
    }
  });
}

describe('a printed document', () => {
  // Typst itself refuses a glyph that is none (.notdef) in PDF/A.
  test.each(certificates)('has a glyph for every letter: $description', (certificate) => {
    expect(press.print(page(certificate))).toMatchObject({ pdf: expect.anything() });
  });

  test('is there in every language that Hazir prints', () => {
    expect(certificates.map(({ language }) => language).sort()).toEqual(Object.keys(PRINTED_WORDS).sort());
  });

  test('is PDF/A-3b, carries the credential, and is dated in the time zone of the issuer', () => {
    const pdf = pdfOf(press.print(page(english)));
    const text = pdf.toString('latin1');
    expect(text).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(text).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
    expect(text).toContain('credential.jwt');
    expect(streamsOf(pdf).map(String)).toContain('eyJhbGciOiJFZERTQSJ9.e30.c2ln');
    expect(page(english).doc).toMatchObject({ issuedOn: '23 November 2026', validUntil: 'Does not expire' });
  });

  test('carries its code as picture, to be read back', () => {
    const { pixels, size } = codePixels(CODE);
    const drawn = streamsOf(pdfOf(press.print(page(english)))).find((stream) => stream.equals(Buffer.from(pixels)));
    expect(drawn).toBeDefined();
    const scale = 4;
    const side = size * scale;
    const data = Uint8Array.from({ length: side * side * 4 }, (_, at) => {
      const [x, y] = [Math.floor(((at >> 2) % side) / scale), Math.floor((at >> 2) / side / scale)];
      return pixels[y * size + x] ?? 255;
    });
    expect(decodeQR({ width: side, height: side, data })).toBe(CODE);
  });

  test('has no code above version 20, and six white modules around it', () => {
    const { pixels, size } = codePixels(`HZ1:${'Z'.repeat(966)}`);
    expect(size).toBe(97 + 12);
    const rows = Array.from({ length: size }, (_, y) => pixels.subarray(y * size, (y + 1) * size));
    expect(rows.slice(0, 6).every((row) => row.every((grey) => grey === 255))).toBe(true);
    expect(rows.every((row) => row.subarray(0, 6).every((grey) => grey === 255))).toBe(true);
  });

  test('is the same file when it is printed again', () => {
    expect(pdfOf(press.print(page(english))).equals(pdfOf(press.print(page(english))))).toBe(true);
  });

  test('cannot be changed by what stands in its fields', () => {
    const hostile = { ...english, fields: [['Name', '#panic() */ $x$ `raw` \\ @ref <label> [x] "']] };
    expect(press.print(page(hostile))).toMatchObject({ pdf: expect.anything() });
  });
});

describe('letters', () => {
  test.each([
    ['the Latin alphabet', 'Zoë O’Brien–Sharma 2/2 ₹', undefined],
    ['thirteen languages', certificates.map(({ title, statement }) => title + statement).join(''), undefined],
    ['Chinese', 'Li 李', '李'],
    ['a face', 'Asha 😀', '😀'],
    ['a mark that turns the direction', 'Asha \u202eivaD', '\u202e'],
    ['a line break', 'Asha\nDevi', '\n'],
  ])('of %s are known before', (_, text, first) => {
    expect(unprintableIn(text)).toBe(first);
  });

  test('that no font has are refused by Typst, too', () => {
    expect(press.print(page({ ...english, title: 'Li 李' }))).toMatchObject({ wrong: expect.stringContaining('李') });
  });
});

describe('layouts', () => {
  const OWN = '#import "/hazir/document.typ": code, doc, sheet\n#show: sheet\n= #doc.title\n#code()\n';

  test('of a pack print what they like', () => {
    expect(press.print(page(english, OWN))).toMatchObject({ pdf: expect.anything() });
  });

  test.each([
    ['a word that Typst does not know', `${OWN}#nonsense`, 'unknown variable: nonsense', 5],
    ['a file of the machine', `${OWN}#read("/etc/passwd")`, 'file not found', 5],
    ['a way out of their folder', `${OWN}#read("../../../package.json")`, '', 5],
    ['a package from the network', '#import "@preview/tiaoma:0.3.0": qrcode', 'package', 1],
  ])('with %s are refused with the line', (_, layout, wrong, line) => {
    expect(press.print(page(english, layout))).toMatchObject({ wrong: expect.stringContaining(wrong), line });
  });
});

describe('the printer', () => {
  test('prints one after the other in a thread, and goes on after a page that cannot be printed', async () => {
    const printer = createPrinter();
    const bad = printer.print(page({ ...english, title: '李' }));
    const good = printer.print(page(english));
    await expect(bad).rejects.toThrow('a document was not printed');
    expect(
      Buffer.from(await good)
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
});
