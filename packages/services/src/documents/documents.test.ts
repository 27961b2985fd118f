import { listProperty, property, textProperty } from '@hazir/core';
import { type Database, freshId } from '@hazir/store';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { LoadedServices } from '../load-services.ts';
import { loadServices } from '../load-services.ts';
import { attempt, citizen, must, type TurnOptions } from '../testing.ts';
import { readTrust } from './credential/trust.ts';
import { verifyDocument } from './credential/verify-document.ts';
import { publishTrust, seconds } from './issuer.ts';
import { rotateKey } from './keys.ts';
import { correctDocument, revokeDocument } from './officer.ts';

const URL = 'https://hazir.example/verify/mygov';
const TEMPLATES = `
templates:
  - code: vaccination
    name: { en: Vaccination certificate, hi: टीकाकरण प्रमाणपत्र }
    validDays: 365
    fields:
      - { name: name, label: { en: Name, hi: नाम }, correctable: true }
      - { name: birthYear, label: { en: Year of birth, hi: जन्म वर्ष }, correctable: true }
      - { name: dose, label: { en: Dose, hi: खुराक } }
`;
const FIELDS = { dose: '2/2', name: 'सुनीता देवी', birthYear: '1958' };
const START = new Date('2026-11-22T09:00:00.250Z');
const later = (hours: number) => new Date(START.getTime() + hours * 3_600_000);

function load(
  templates = TEMPLATES,
  { layout, languages = ['en', 'hi'] }: { layout?: string; languages?: string[] } = {},
): LoadedServices {
  const settings = { documents: { issuer: { url: URL, name: { en: 'MyGov', hi: 'माईगव' } }, templates: 'data/documents.yaml' } };
  const files = new Map([['data/documents.yaml', templates]]);
  if (layout !== undefined) files.set('data/page.typ', layout);
  const readText = (path: string) => files.get(path);
  return loadServices(settings, { languages, defaultLanguage: 'en', readText });
}

const services = load();
let database: Database;
let organizations = 900;

beforeAll(async () => {
  database = await openTestDatabase();
});

/** An organization of its own for each test, with a citizen and an officer. */
function open() {
  organizations += 1;
  const organizationId = organizations;
  const subject = citizen(organizationId);
  const place = (options: TurnOptions = {}) => ({ database, subject, now: START, ...options });
  const act = { organizationId, officer: 'officer-1' };
  return {
    organizationId,
    subject,
    issue: async (options: TurnOptions = {}) => {
      const value = await must(services, ['documents.issue', { template: 'vaccination', fields: FIELDS }], place(options));
      return { value, number: textProperty(value, 'number') ?? '', code: textProperty(value, 'code') ?? '' };
    },
    run: (name: string, input = {}, options: TurnOptions = {}) => attempt(services, [`documents.${name}`, input], place(options)),
    revoke: (number: string, now = later(1)) => revokeDocument(database, { ...act, number, reason: 'issued by mistake', now }),
    correct: (number: string, [field, value]: [string, string], now = later(1)) =>
      database.transaction((tx) =>
        correctDocument(tx, { ...act, number, field, value, now, newId: () => freshId(now.getTime()), random: Math.random }),
      ),
    verify: async (code: string, now = later(2)) => {
      const { issuers, foreign } = await publishTrust(database, now);
      return verifyDocument(code, { trust: readTrust({ issuers: issuers.slice(-1), foreign }), now: seconds(now) });
    },
  };
}

describe('issuing', () => {
  test('signs what the template asks for, in its order', async () => {
    const desk = open();
    const { value, code, number } = await desk.issue({ language: 'hi' });
    expect(value).toMatchObject({
      name: 'टीकाकरण प्रमाणपत्र',
      issuedAt: START.toISOString(),
      expiresAt: later(365 * 24).toISOString(),
    });
    expect(number).toMatch(/^\d{4}-\d{4}-\d{4}$/);
    const verdict = await desk.verify(code);
    expect(verdict).toMatchObject({ verdict: 'valid', document: { issuer: URL, number, fields: FIELDS } });
    expect('document' in verdict && Object.keys(verdict.document.fields)).toEqual(['name', 'birthYear', 'dose']);
  });

  test('happens once for a turn that is run twice', async () => {
    const desk = open();
    const turn = freshId(0);
    const first = await desk.issue({ turn });
    expect(await desk.issue({ turn })).toEqual(first);
    expect(listProperty(property(await desk.run('mine'), 'value'), 'documents')).toHaveLength(1);
  });

  test('by twenty citizens at once makes one key', async () => {
    const desk = open();
    const codes = await Promise.all(Array.from({ length: 20 }, () => desk.issue()));
    expect(new Set(codes.map(({ number }) => number)).size).toBe(20);
    const { issuers } = await publishTrust(database, later(1));
    expect(issuers.at(-1)?.keys).toHaveLength(1);
    for (const { code } of codes) expect(await desk.verify(code)).toMatchObject({ verdict: 'valid' });
  });

  test.each([
    ['an unknown template', { template: 'passport', fields: FIELDS }, 'documents:unknown-template'],
    ['a field too few', { template: 'vaccination', fields: { name: 'A', dose: '1' } }, 'documents:bad-field'],
    ['a field too many', { template: 'vaccination', fields: { ...FIELDS, aadhaar: '1' } }, 'documents:bad-field'],
    ['an empty field', { template: 'vaccination', fields: { ...FIELDS, name: ' ' } }, 'documents:bad-input'],
    [
      'a field as long as a letter',
      { template: 'vaccination', fields: { ...FIELDS, name: 'क'.repeat(201) } },
      'documents:bad-input',
    ],
  ])('refuses %s', async (_, input, code) => {
    expect(await open().run('issue', input)).toMatchObject({ ok: false, error: { code } });
  });

  test('refuses what a QR code of version 20 cannot hold', async () => {
    const long = () => Array.from({ length: 200 }, () => String.fromCodePoint(0x905 + Math.floor(Math.random() * 40))).join('');
    const fields = { name: long(), birthYear: long(), dose: long() };
    expect(await open().run('issue', { template: 'vaccination', fields })).toMatchObject({
      error: { code: 'documents:too-long' },
    });
  });
});

describe('a document', () => {
  test('is expired after its time', async () => {
    const desk = open();
    const { code } = await desk.issue();
    expect(await desk.verify(code, later(365 * 24))).toMatchObject({ verdict: 'expired' });
  });

  test('is told in the words of the reader', async () => {
    const desk = open();
    const { code } = await desk.issue();
    expect(await desk.run('verify', { code }, { language: 'hi' })).toMatchObject({
      value: { verdict: 'valid', issuer: 'माईगव', fields: [{ label: 'नाम', value: 'सुनीता देवी' }, {}, { label: 'खुराक' }] },
    });
    expect(await desk.run('verify', { code: 'a cat' })).toMatchObject({
      value: { verdict: 'unreadable', issuer: null, fields: [] },
    });
  });

  test('is a W3C credential for its own citizen', async () => {
    const desk = open();
    const { number } = await desk.issue();
    const credential = textProperty(property(await desk.run('credential', { number }), 'value'), 'credential') ?? '';
    const [key] = (await publishTrust(database, START)).issuers.at(-1)?.keys ?? [];
    const x = Buffer.from(key?.publicKey ?? '', 'hex').toString('base64url');
    const keys = createLocalJWKSet({ keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', kid: `${URL}#${key?.kid}`, x }] });
    const { payload, protectedHeader } = await jwtVerify(credential, keys, { typ: 'vc+jwt' });
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', cty: 'vc' });
    expect(payload).toMatchObject({
      type: ['VerifiableCredential', 'Vaccination'],
      issuer: URL,
      validFrom: '2026-11-22T09:00:00Z',
      credentialSubject: { documentNumber: number, ...FIELDS },
    });
    const stranger = citizen(desk.organizationId);
    const asked = attempt(services, ['documents.credential', { number }], { database, subject: stranger });
    expect(await asked).toMatchObject({ error: { code: 'documents:not-found' } });
  });
});

describe('an officer', () => {
  test('revokes a document, once', async () => {
    const desk = open();
    const [first, second] = [await desk.issue(), await desk.issue()];
    expect(await desk.revoke(first.number)).toMatchObject({ ok: true });
    expect(await desk.verify(first.code)).toMatchObject({ verdict: 'revoked', statusAsOf: seconds(later(2)) });
    expect(await desk.verify(second.code)).toMatchObject({ verdict: 'valid' });
    expect(await desk.revoke(first.number)).toMatchObject({ error: { code: 'documents:revoked' } });
    expect(await desk.revoke('0000-0000-0000')).toMatchObject({ error: { code: 'documents:not-found' } });
  });

  test('corrects each field once, and the earlier document counts no longer', async () => {
    const desk = open();
    const { number, code } = await desk.issue();
    const corrected = await desk.correct(number, ['name', 'सुनीता देवी वर्मा']);
    expect(corrected).toMatchObject({ ok: true, value: { number, version: 2 } });
    expect(await desk.verify(code)).toMatchObject({ verdict: 'revoked' });
    const newCode = textProperty(property(corrected, 'value'), 'code') ?? '';
    expect(await desk.verify(newCode)).toMatchObject({
      verdict: 'valid',
      document: { fields: { ...FIELDS, name: 'सुनीता देवी वर्मा' } },
    });
    expect(await desk.correct(number, ['name', 'Somebody'])).toMatchObject({ error: { code: 'documents:corrected-before' } });
    expect(await desk.correct(number, ['birthYear', '1959'])).toMatchObject({ ok: true, value: { version: 3 } });
    expect(await desk.verify(newCode)).toMatchObject({ verdict: 'revoked' });
  });

  test.each([
    ['a field that may not be', ['dose', '1/2'], 'documents:not-correctable'],
    ['a field that is none', ['constructor', 'x'], 'documents:not-correctable'],
    ['to nothing', ['name', '  '], 'documents:bad-field'],
  ] as const)('does not correct %s', async (_, [field, value], code) => {
    const desk = open();
    const { number, code: qr } = await desk.issue();
    expect(await desk.correct(number, [field, value])).toMatchObject({ error: { code } });
    expect(await desk.verify(qr)).toMatchObject({ verdict: 'valid' });
  });

  test('corrects one of two at the same time', async () => {
    const desk = open();
    const { number } = await desk.issue();
    const results = await Promise.all([desk.correct(number, ['name', 'A']), desk.correct(number, ['name', 'B'])]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('changes the key: what was signed stays valid, and the old key is destroyed', async () => {
    const desk = open();
    const before = await desk.issue();
    await database.transaction((tx) => rotateKey(tx, desk.organizationId, later(1)));
    const after = await desk.issue({ now: later(1.5) });
    expect(await desk.verify(before.code)).toMatchObject({ verdict: 'valid' });
    expect(await desk.verify(after.code)).toMatchObject({ verdict: 'valid' });
    const { rows } = await database.query(
      'select private_key is null as destroyed from document_keys where organization_id = $1 order by active_from',
      [desk.organizationId],
    );
    expect(rows).toEqual([{ destroyed: true }, { destroyed: false }]);
  });
});

describe('a document that is for one thing', () => {
  const input = { template: 'vaccination', fields: FIELDS, once: 'appointment 7' };

  test('is issued once: asked for again, it is the same, or what was corrected since', async () => {
    const desk = open();
    const first = await desk.run('issue', input);
    expect(await desk.run('issue', input, { now: later(5) })).toEqual(first);
    const number = textProperty(property(first, 'value'), 'number') ?? '';
    await desk.correct(number, ['name', 'सुनीता देवी वर्मा']);
    const again = await desk.run('issue', input, { now: later(6) });
    expect(again).toMatchObject({ ok: true, value: { number } });
    expect(again).not.toEqual(first);
    expect(await desk.run('issue', { ...input, once: 'appointment 8' })).not.toMatchObject({ value: { number } });
  });

  test('is not issued again when it was taken back', async () => {
    const desk = open();
    const number = textProperty(property(await desk.run('issue', input), 'value'), 'number') ?? '';
    await desk.revoke(number);
    expect(await desk.run('issue', input)).toMatchObject({ error: { code: 'documents:revoked' } });
  });
});

describe('printing', () => {
  const make = (file: unknown, contactId: string, organizationId: number) => {
    const id = (textProperty(file, 'made') ?? '').replace('documents/', '');
    const maker = services.makers.get('documents');
    if (maker === undefined) throw new Error('documents make files');
    return maker(database, { organizationId, contactId, id, now: START });
  };

  test('gives the citizen a PDF, and nobody else', async () => {
    const desk = open();
    const { value, number } = await desk.issue();
    const file = property(value, 'file');
    expect(value).toMatchObject({ fileName: `Vaccination certificate ${number}.pdf` });
    const made = await make(file, desk.subject.contactId, desk.organizationId);
    expect(made.mimeType).toBe('application/pdf');
    expect(Buffer.from(made.bytes).subarray(0, 5).toString()).toBe('%PDF-');
    await expect(make(file, freshId(0), desk.organizationId)).rejects.toThrow('does not count');
  });

  test('stops with the revocation', async () => {
    const desk = open();
    const { value, number } = await desk.issue();
    await desk.revoke(number);
    await expect(make(property(value, 'file'), desk.subject.contactId, desk.organizationId)).rejects.toThrow('does not count');
  });

  test('refuses letters that no font has before anything is signed', async () => {
    const desk = open();
    const named = { template: 'vaccination', fields: { ...FIELDS, name: 'Asha 😀' } };
    expect(await desk.run('issue', named)).toMatchObject({ error: { code: 'documents:unprintable' } });
    const { number } = await desk.issue();
    expect(await desk.correct(number, ['name', '李'])).toMatchObject({ error: { code: 'documents:unprintable' } });
  });
});

describe('templates', () => {
  test.each([
    ['a name without a language', TEMPLATES.replace(', hi: खुराक', ''), { code: 'data:text-missing', line: 9 }],
    ['a field twice', TEMPLATES.replace('name: dose', 'name: name'), { code: 'data:duplicate' }],
    ['none', 'templates: []', { code: 'data:shape' }],
  ])('with %s are refused with their place', (_, text, problem) => {
    expect(load(text).problems).toMatchObject([{ file: 'data/documents.yaml', ...problem }]);
  });

  const OWN = TEMPLATES.replace('validDays: 365', 'layout: data/page.typ');
  const SHEET = '#import "/hazir/document.typ": sheet\n#show: sheet\n';
  test.each([
    ['a layout that is not there', OWN, undefined, { code: 'data:file-missing', file: 'data/page.typ' }],
    [
      'a layout that Typst refuses',
      OWN,
      `${SHEET}#nonsense`,
      { code: 'documents:bad-layout', file: 'data/page.typ', line: 3, message: expect.stringContaining('nonsense') },
    ],
    [
      'a letter that no font has',
      TEMPLATES.replace('en: Dose', 'en: 剂量'),
      undefined,
      { code: 'documents:bad-layout', message: expect.stringContaining('剂') },
    ],
    [
      'a text without a language',
      TEMPLATES.replace('validDays: 365', 'texts: { statement: { en: Vaccinated. } }'),
      undefined,
      { code: 'data:text-missing', line: 5, message: expect.stringContaining('statement') },
    ],
  ])('with %s are refused', (_, text, layout, problem) => {
    expect(load(text, layout === undefined ? {} : { layout }).problems).toMatchObject([problem]);
  });

  test('in a language in which Hazir does not print are refused', () => {
    const french = TEMPLATES.replaceAll(/en: ([^,]+),/g, 'en: $1, fr: $1,');
    expect(load(french, { languages: ['en', 'fr'] }).problems).toMatchObject([{ code: 'documents:no-words', file: 'pack.yaml' }]);
  });
});
