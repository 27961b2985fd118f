/** The data that the Mumbai pack ships: complete in three languages, short enough for a phone, and plainly synthetic where it must be. */
import { type CallResult, type Json, type JsonObject, listProperty, property, textProperty } from '@hazir/core';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { call, citizen, loadMumbai, MUMBAI_LANGUAGES, readMumbai } from './testing.ts';

/** What a row of a WhatsApp list holds. */
const LABEL = 24;
const DETAIL = 72;
const services = loadMumbai();
const tx = { query: () => Promise.reject(new Error('no database here')) };
const ask = (name: string, input: JsonObject, language: string): Promise<CallResult> =>
  call(services, [name, input], { tx, subject: citizen(1), language });
const list = async (name: string, input: JsonObject, language: string): Promise<Json[]> => {
  const result = await ask(name, input, language);
  return result.ok && Array.isArray(result.value) ? result.value : [];
};
const table = (file: string) => z.array(z.record(z.string(), z.string())).parse(parse(readMumbai(file) ?? '', { columns: true }));

test("nothing is wrong with the pack's data", () => {
  expect(services.problems).toEqual([]);
  expect([...services.operations.keys()].sort()).toEqual([
    'directory.areasAt',
    'directory.near',
    'directory.office',
    'directory.places',
    'serviceRequests.addAttachment',
    'serviceRequests.addNote',
    'serviceRequests.answer',
    'serviceRequests.categories',
    'serviceRequests.check',
    'serviceRequests.find',
    'serviceRequests.follow',
    'serviceRequests.mine',
    'serviceRequests.myWork',
    'serviceRequests.nearby',
    'serviceRequests.news',
    'serviceRequests.open',
    'serviceRequests.rate',
    'serviceRequests.reopen',
    'serviceRequests.suggest',
    'serviceRequests.withdraw',
    'serviceRequests.work',
    'serviceRequests.workDepartments',
    'serviceRequests.workMove',
    'serviceRequests.workTransfer',
  ]);
});

test('every operation says what it takes and gives', () => {
  for (const { signature } of services.operations.values()) {
    expect(signature.input).toMatchObject({ type: 'object' });
    expect(['object', 'array']).toContain(signature.output.type);
    expect(signature.summary).toMatch(/^[A-Z].*\.$/);
  }
});

test('24 ward offices, each once, with a position of its own', () => {
  const offices = table('data/ward-offices.csv');
  expect(new Set(offices.map(({ area }) => area)).size).toBe(24);
  expect(new Set(offices.map(({ latitude, longitude }) => `${latitude},${longitude}`)).size).toBe(24);
});

test("every phone of an office or official is in the synthetic range, and no official has a person's name", () => {
  const officials = table('data/officials.csv');
  const phones = [...table('data/ward-offices.csv'), ...officials].map(({ phone }) => phone ?? '');
  expect(phones).toHaveLength(24 * 7);
  expect(new Set(phones).size).toBe(phones.length);
  for (const phone of phones) expect(phone).toMatch(/^\+91 22 5550 0\d{3}$/);
  expect(new Set(officials.map(({ name_en }) => name_en))).toEqual(new Set(['Officer (demo)']));
});

test('every phone of a post, from which its officer works, is synthetic too', () => {
  const phones = table('data/posts.csv').flatMap(({ phone = '' }) => (phone === '' ? [] : [phone]));
  expect(phones.length).toBeGreaterThan(10);
  for (const phone of phones) expect(phone).toMatch(/^\+91 22 5550 1\d{3}$/);
});

test('every emergency number names its source and date', () => {
  for (const { source, as_of } of table('data/emergency-numbers.csv')) {
    expect(source).not.toBe('');
    expect(as_of).toMatch(/^\d{4}-\d{2}$/);
  }
});

describe.each(MUMBAI_LANGUAGES)('in %s', (language) => {
  const native = (text: string) => language === 'en' || /[\u0900-\u0d7f]/.test(text);

  test('names and landmarks of wards fit a list row', async () => {
    for (const { area } of table('data/ward-offices.csv')) {
      const office = await ask('directory.office', { area: area ?? '' }, language);
      const value = office.ok ? office.value : null;
      for (const [field, most] of [
        ['name', LABEL],
        ['landmarks', DETAIL],
        ['address', DETAIL],
        ['hours', DETAIL],
      ] as const) {
        const text = textProperty(value, field) ?? '';
        expect(text.length, `${area} ${field}`).toBeGreaterThan(0);
        expect(text.length, `${area} ${field}`).toBeLessThanOrEqual(most);
        expect(native(text), `${area} ${field}`).toBe(true);
      }
      for (const official of listProperty(value, 'officials')) expect(native(textProperty(official, 'role') ?? '')).toBe(true);
    }
  });

  test('names of categories fit a list row, at most ten below each', async () => {
    const top = await list('serviceRequests.categories', {}, language);
    expect(top).toHaveLength(14);
    for (const parent of top) {
      const children = await list('serviceRequests.categories', { parent: property(parent, 'code') ?? null }, language);
      expect(children.length).toBeLessThanOrEqual(10);
      if (!['other', 'wrong-information'].includes(textProperty(parent, 'code') ?? ''))
        expect(children.length).toBeGreaterThan(1);
      for (const each of [parent, ...children]) {
        const name = textProperty(each, 'name') ?? '';
        expect(name.length, name).toBeLessThanOrEqual(LABEL);
        expect(native(name), name).toBe(true);
        if (property(each, 'hasChildren') === false) expect(property(each, 'expectedHours')).toBeGreaterThan(0);
      }
    }
  });

  test('places have a name that fits, and sights say when they are open', async () => {
    for (const kind of ['sight', 'walk', 'emergency', 'hospital']) {
      for (const place of await list('directory.places', { kind }, language)) {
        const name = textProperty(place, 'name') ?? '';
        expect(name.length, name).toBeLessThanOrEqual(LABEL);
        expect(textProperty(place, 'hours'), name).toBeDefined();
        if (kind === 'sight' || kind === 'walk') expect(native(textProperty(place, 'text') ?? ''), name).toBe(true);
      }
    }
  });
});
