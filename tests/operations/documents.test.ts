/** Documents as officers and verifiers meet them: on the command line. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishTrust } from '@hazir/services';
import type { Database } from '@hazir/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dccCode, divocCode, FOREIGN_KEYS } from '../../packages/services/src/documents/credential/foreign/testing.ts';
import { runHazir } from '../support/command.ts';
import { openTestDatabase } from '../support/database.ts';
import { issueDocument } from '../support/documents.ts';
import { qrJpeg, qrPng } from '../support/qr-picture.ts';

let database: Database;
let folder: string;
const hazir = (...args: string[]) => runHazir(database, args);

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'hazir-documents-'));
});
afterAll(() => rm(folder, { recursive: true }));

const issue = () => issueDocument(database);

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('hazir verify', () => {
  test.each([
    ['the text of a code', 'code.txt', (code: string) => `${code}\n`],
    ['a screenshot', 'code.png', (code: string) => qrPng(code)],
    ['a photo', 'code.jpg', (code: string) => qrJpeg(code, { turn: 5, noise: 20 })],
  ])('takes %s', async (_, name, make) => {
    const { code, number } = await issue();
    const ran = await hazir('verify', await file(name, make(code)));
    expect(ran.stdout).toContain('Valid: signed by the issuer');
    expect(ran.stdout).toContain(`Vaccination certificate ${number}, issued by MyGov`);
    expect(ran.stdout).toContain('Name: Sunita Devi');
    expect(ran.code).toBe(0);
  });

  test('needs no database where it is given what a server publishes', async () => {
    const { code } = await issue();
    const trust = await file('trust.json', JSON.stringify(await publishTrust(database, new Date())));
    const away = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    const path = await file('offline.png', qrPng(code));
    const ran = await runHazir(database, ['verify', path, '--trust', trust, '--json'], away);
    expect(JSON.parse(ran.stdout)).toMatchObject({ verdict: 'valid', document: { fields: { name: 'Sunita Devi' } } });
  });

  test.each([
    ['of a cat', 'hello', 'No document', 1],
    ['that somebody changed', 'HZ1:6BFOXN', 'Altered', 1],
  ])('says what a code is worth %s', async (_, code, sentence, exit) => {
    const ran = await hazir('verify', await file('bad.png', qrPng(code)));
    expect(ran.stdout).toContain(sentence);
    expect(ran.code).toBe(exit);
  });

  test('reads codes of other systems, and believes those whose keys it was told to trust', async () => {
    const path = await file('dcc.png', qrPng(dccCode()));
    expect(await hazir('verify', path)).toMatchObject({ code: 1, stdout: expect.stringContaining('Unknown issuer') });
    expect((await hazir('document', 'trust', await file('keys.yaml', JSON.stringify({ keys: FOREIGN_KEYS })))).stdout).toContain(
      '2 keys',
    );
    const trusted = await hazir('verify', path);
    expect(trusted).toMatchObject({ code: 0, stdout: expect.stringContaining('Valid') });
    for (const part of ['issued by Health ministry (test)', 'Name: Erika Musterfrau', 'Vaccine: Comirnaty'])
      expect(trusted.stdout).toContain(part);
    const zip = await file('cowin.bin', Buffer.from(divocCode(), 'latin1'));
    expect((await hazir('verify', zip, '--json')).stdout).toContain('"label": "Dose"');
    expect(await hazir('document', 'trust', await file('bad.yaml', 'keys: [{ kind: passport }]'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('keys.0.kind'),
    });
    await hazir('document', 'trust', await file('none.yaml', 'keys: []'));
    expect((await hazir('verify', path)).code).toBe(1);
  });

  test('refuses a file that is not there', async () => {
    expect(await hazir('verify', join(folder, 'nothing.png'))).toMatchObject({ code: 2 });
  });
});

describe('hazir document', () => {
  test('corrects a field once, revokes, and changes the key', async () => {
    const { number, code } = await issue();
    const correct = ['document', 'correct', number, '--field', 'name', '--value', 'Sunita D. Verma'];
    expect((await hazir(...correct)).stdout).toContain('as version 2');
    expect(await hazir(...correct)).toMatchObject({ code: 2, stderr: expect.stringContaining('was corrected once already') });
    expect((await hazir('verify', await file('first.txt', code))).stdout).toContain('Revoked');
    expect((await hazir('document', 'rotate-key', 'mygov')).stdout).toContain('from now on');
    expect((await hazir('document', 'revoke', number, '--reason', 'issued twice')).code).toBe(0);
    const listed = JSON.parse((await hazir('document', 'list', '--json')).stdout);
    expect(listed).toContainEqual(expect.objectContaining({ number, version: 2, revokeReason: 'issued twice' }));
    expect(JSON.stringify(listed)).not.toContain('Sunita');
  });

  test('knows no other numbers and organizations', async () => {
    expect(await hazir('document', 'revoke', '0000-0000-0000', '--reason', 'x')).toMatchObject({ code: 2 });
    expect(await hazir('document', 'rotate-key', 'nobody')).toMatchObject({ code: 2 });
  });
});
