import { type CallResult, property } from '@hazir/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LoadedServices, loadServices } from '../load-services.ts';
import { call, citizen } from '../testing.ts';
import { URGENCIES } from './assess.ts';

const TABLE = `
table: fever
version: "3"
source: Somebody who knows
url: https://example.org/fever
asOf: 2026-11-23
review: 2027-05-31
inputs:
  what: [fever, cough]
  days: [few, many]
  age: [child, adult]
  danger: [blue]
rows:
  - { id: blue, anyOf: [blue], urgency: emergency, name: { en: Blue lips, hi: नीले होंठ }, advice: { en: Call 108, hi: 108 पर फ़ोन कीजिए } }
  - { id: child-fever, allOf: [fever, child], urgency: today, name: { en: A child with fever, hi: बच्चे को बुखार }, advice: { en: See a doctor today, hi: आज डॉक्टर को दिखाइए } }
  - { id: long, allOf: [many], anyOf: [fever, cough], urgency: today, name: { en: Ill for long, hi: बहुत दिन से बीमार }, advice: { en: See a doctor today, hi: आज डॉक्टर को दिखाइए } }
  - { id: ill, anyOf: [fever, cough, few, adult], urgency: home, name: { en: Ill, hi: बीमार }, advice: { en: Rest, hi: आराम कीजिए } }
`;
const SIGNS = ['fever', 'cough', 'few', 'many', 'child', 'adult', 'blue', 'unsure', 'unsure:what', 'unsure:days', 'unsure:age'];
const tx = { query: () => Promise.reject(new Error('no database here')) };

const load = (table: string | undefined, files = ['data/fever.yaml']): LoadedServices =>
  loadServices(
    { triage: { tables: files } },
    { languages: ['en', 'hi'], defaultLanguage: 'en', readText: (path) => (path === 'data/fever.yaml' ? table : undefined) },
  );
const services = load(TABLE);
const assess = (signs: string[], language = 'en'): Promise<CallResult> =>
  call(services, ['triage.assess', { table: 'fever', signs }], { tx, subject: citizen(1), language });
const rank = (result: CallResult): number =>
  URGENCIES.findIndex((each) => result.ok && each === property(result.value, 'urgency'));

describe('what somebody tells', () => {
  test.each<[string, string[], string, string[]]>([
    ['nothing', [], 'home', []],
    ['a calm sign', ['cough'], 'home', ['ill']],
    ['two that count together', ['fever', 'child'], 'today', ['child-fever']],
    ['two rows alike', ['fever', 'child', 'many'], 'today', ['child-fever', 'long']],
    ['a sign of danger beside calm ones', ['few', 'blue', 'cough'], 'emergency', ['blue']],
    ['not being sure of anything', ['unsure'], 'emergency', ['blue']],
    ['not being sure how long', ['cough', 'unsure:days'], 'today', ['long']],
    ['not being sure what, in an adult of few days', ['unsure:what', 'adult', 'few'], 'home', ['ill']],
  ])('%s', async (_, signs, urgency, reasons) => {
    expect(await assess(signs)).toMatchObject({ ok: true, value: { urgency, reasons, table: 'fever', version: '3' } });
  });

  test('is answered in the own language, each advice once', async () => {
    expect(await assess(['fever', 'child', 'many'], 'hi')).toMatchObject({
      value: { names: ['बच्चे को बुखार', 'बहुत दिन से बीमार'], advice: ['आज डॉक्टर को दिखाइए'], asOf: '2026-11-23' },
    });
  });

  test('is never less urgent for more signs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(SIGNS), fc.constantFrom(...SIGNS), async (signs, more) => {
        expect(rank(await assess([...signs, more]))).toBeLessThanOrEqual(rank(await assess(signs)));
      }),
    );
  });

  test.each([['measles'], ['unsure:measles'], ['']])('"%s" is refused, never taken for nothing', async (sign) => {
    expect(await assess(['fever', sign])).toMatchObject({ ok: false, error: { code: 'triage:unknown-sign' } });
  });
});

describe('a table is refused', () => {
  test.each<[string, string | undefined, string, number]>([
    ['that is not there', undefined, 'data:file-missing', 1],
    ['that is no YAML', 'rows: [', 'data:yaml', 1],
    ['without source', TABLE.replace('source: Somebody who knows\n', ''), 'data:shape', 2],
    ['with a review before its date', TABLE.replace('2027-05-31', '2026-01-01'), 'data:shape', 7],
    ['with an urgency of its own', TABLE.replace('urgency: home', 'urgency: never'), 'data:shape', 17],
    ['with a row for everybody', TABLE.replace('anyOf: [fever, cough, few, adult], ', ''), 'data:shape', 17],
    ['with a sign that no row reads', TABLE.replace('few, adult], urg', 'few], urg'), 'triage:bad-table', 11],
    ['with a row of an unknown sign', TABLE.replace('anyOf: [blue]', 'anyOf: [blue, pale]'), 'triage:bad-table', 14],
    ['with a row that stands twice', TABLE.replace('id: long', 'id: blue'), 'data:duplicate', 16],
    ['with a sign that stands twice', TABLE.replace('[few, many]', '[few, many, fever]'), 'data:duplicate', 10],
    ['with a sign called unsure', TABLE.replace('[blue]\n', '[blue, unsure]\n'), 'data:shape', 12],
    ['with a text that is missing', TABLE.replace(', hi: आराम कीजिए', ''), 'data:text-missing', 17],
  ])('%s', (_, table, code, line) => {
    const { problems, operations } = load(table);
    expect(problems).toMatchObject([{ code, file: 'data/fever.yaml', line, hint: expect.any(String) }]);
    expect(operations.size).toBe(0);
  });

  test('that stands twice', () => {
    expect(load(TABLE, ['data/fever.yaml', 'data/fever.yaml']).problems).toMatchObject([{ code: 'data:duplicate' }]);
  });
});
