/** No place of Mumbai makes an ordinary complaint sound like a cry for help, in whatever language. */
import { readFile } from 'node:fs/promises';
import { findDanger } from '@hazir/language';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';

const file = await readFile(new URL('../../packs/mumbai/data/ward-offices.csv', import.meta.url), 'utf8');
const rows: Record<string, string>[] = parse(file, { columns: true });
const places = new Set(
  rows.flatMap((row) =>
    Object.entries(row)
      .filter(([column]) => column.startsWith('landmarks'))
      .flatMap(([, list]) => list.split(/\s*,\s*/)),
  ),
);

test.each([
  'mere ghar {} me pani nahi aa raha bhai',
  'papa ka ration card {} se banwana hai',
  '{} में मेरे भाई के घर के पास लाइट बंद है',
  '{} स्टेशन जवळ रस्त्यावर मोठा खड्डा आहे',
  'आई बाबा {} ला राहतात, त्यांचे पाणी बंद आहे',
  '{} তে আমার বাড়ির সামনে ময়লা',
  '{} பக்கத்துல எங்க வீட்டு முன்னாடி குப்பை',
  'pothole near {} station',
])('%s', (sentence) => {
  expect(places.size).toBeGreaterThan(300);
  expect([...places].filter((place) => findDanger(sentence.replace('{}', place)) !== undefined)).toEqual([]);
});
