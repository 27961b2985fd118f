/** What is published of requests, as a newsroom downloads it: numbers that add up, and nobody in them. */
import type { Database } from '@hazir/store';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { openPublicFace, type PublicFace } from './public-support.ts';

const DAY = 86_400_000;
let database: Database;
let face: PublicFace;

beforeAll(async () => {
  database = await openTestDatabase();
  face = await openPublicFace(database);
  const potholes = await openMany(16);
  for (const [index, reference] of potholes.entries()) {
    const due = new Date(face.clock.now + (index + 1) * 3_600_000);
    if (index < 2) await face.desk.move(reference, 'start', due);
    else if (index < 8)
      await face.desk.move(reference, 'close', new Date(due.getTime() + DAY), { note: 'Filled, told Asha Rao' });
  }
  await openMany(4, { category: 'no-water' });
  await openMany(5, { category: 'pothole', area: 'A' });
  await openMany(3, { category: 'no-water', area: 'B' });
  face.clock.now += 3 * DAY;
});

async function openMany(count: number, given: Parameters<PublicFace['open']>[0] = {}): Promise<string[]> {
  const references: string[] = [];
  for (let index = 0; index < count; index += 1) references.push(await face.open(given));
  return references;
}

const get = async (path: string) => {
  const response = await fetch(`${face.url}/open-data/${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const csv = async (): Promise<Record<string, string>[]> => parse((await get('mumbai/requests.csv')).text, { columns: true });

describe('open data', () => {
  test('counts by ward, category and state; what is small is hidden, and so is what it follows from', async () => {
    expect(await csv()).toEqual([
      {
        ...{
          area: 'A',
          category: 'pothole',
          category_name: 'Pothole',
          total: '5',
          open: '5',
          working: '0',
          waiting: '0',
          closed: '0',
        },
        ...{ overdue: '5', median_days: '', reopened_share: '0' },
      },
      {
        // Two are worked on: too few to be told, and they would follow from the others; so the smallest of those is hidden too.
        ...{
          area: 'G/N',
          category: 'pothole',
          category_name: 'Pothole',
          total: '16',
          open: '8',
          working: '',
          waiting: '0',
          closed: '',
        },
        ...{ overdue: '10', median_days: '1.2', reopened_share: '0' },
      },
    ]);
  });

  test('comes as GeoJSON with the boundaries of all wards, and sums of what is told', async () => {
    const { headers, text } = await get('mumbai/areas.geojson?lang=hi');
    expect(headers.get('content-type')).toBe('application/geo+json');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const { type, atLeast, features } = JSON.parse(text);
    expect([type, atLeast, features.length]).toEqual(['FeatureCollection', 5, 24]);
    const of = (area: string) => features.find(({ properties }: { properties: { area: string } }) => properties.area === area);
    expect(of('G/N').geometry.type).toBe('MultiPolygon');
    expect(of('G/N').properties).toMatchObject({ total: 16, overdue: 10, categories: [{ category: 'pothole', name: 'गड्ढा' }] });
    // Three requests look like none at all.
    for (const area of ['B', 'T']) expect(of(area).properties).toEqual({ area, total: 0, categories: [] });
  });

  test('holds nothing of anybody', async () => {
    const all = await Promise.all(['mumbai', 'mumbai/requests.csv', 'mumbai/areas.geojson'].map(get));
    for (const { status, text } of all) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/Asha|Deep|Balmohan|Shivaji|MUM-|9198|5678/);
    }
  });

  test('is counted at most once an hour', async () => {
    const before = await csv();
    await openMany(1, { area: 'A' });
    expect(await csv()).toEqual(before);
    face.clock.now += 3_600_000;
    expect((await csv())[0]).toMatchObject({ total: '6' });
  });

  test.each([
    ['en', 'By ward', 'Pothole'],
    ['hi', 'वार्ड के हिसाब से', 'गड्ढा'],
    ['mr', 'प्रभागांनुसार', 'खड्डा'],
    ['bn', 'ওয়ার্ড অনুযায়ী', 'রাস্তায় গর্ত'],
    ['ta', 'வார்டு வாரியா', 'குழி'],
  ])('has a page in %s', async (language, heading, category) => {
    const { text } = await get(`mumbai?lang=${language}`);
    expect(text).toContain(heading);
    expect(text).toContain(category);
    expect(text).not.toContain('<script');
  });

  test.each(['nowhere', 'nowhere/requests.csv', '%00/areas.geojson', 'mumbai/contacts.csv'])('has no %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
