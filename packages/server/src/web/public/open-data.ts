/** What is published of each organization's requests: CSV and GeoJSON for programs, a page for people. Counted at most once an hour. */
import { categoryName, type OpenData, type OpenRow, type RequestDesk, readOpenData, writeCsv } from '@hazir/services';
import type { Context, Hono } from 'hono';
import { dashboard } from './dashboard.ts';
import { answerPage } from './page.ts';
import type { PublicDeps } from './public-deps.ts';
import { languageFor } from './texts.ts';

const PATH = '/open-data/:organization';
const FRESH_MS = 3_600_000;
const COLUMNS = [
  'area',
  'category',
  'category_name',
  'total',
  'open',
  'working',
  'waiting',
  'closed',
  'overdue',
  'median_days',
  'reopened_share',
];

interface Published {
  desk: RequestDesk;
  data: OpenData;
  language: string;
}

/** Adds the page and its two downloads. */
export function addOpenData(app: Hono, deps: PublicDeps): void {
  const find = createFinder(deps);
  const answer = (make: (context: Context, published: Published) => Response | Promise<Response>) => async (context: Context) => {
    const published = await find(context);
    return published === undefined ? context.notFound() : make(context, published);
  };
  app.get(
    PATH,
    answer((context, { desk, data }) => {
      const { language, texts } = languageFor(context);
      const path = `/open-data/${context.req.param('organization')}`;
      return answerPage(context, { title: texts.data, language, path, body: dashboard({ desk, data, language, texts, path }) });
    }),
  );
  app.get(
    `${PATH}/requests.csv`,
    answer((context, { desk, data, language }) => {
      const rows = data.areas.flatMap((area) => area.rows.map((row) => csvRow(row, categoryName(desk, row.category, language))));
      return download(context, writeCsv([COLUMNS, ...rows]), 'text/csv; charset=utf-8');
    }),
  );
  app.get(
    `${PATH}/areas.geojson`,
    answer((context, published) => download(context, JSON.stringify(collectionOf(published)), 'application/geo+json')),
  );
}

/** Finds what is published under the name in the address, in the language that is asked for. */
function createFinder({ database, desks, slugOf, now }: PublicDeps): (context: Context) => Promise<Published | undefined> {
  const kept = new Map<number, { at: number; desk: RequestDesk; data: Promise<OpenData | undefined> }>();
  const read = (organizationId: number, desk: RequestDesk) => {
    const earlier = kept.get(organizationId);
    if (earlier !== undefined && earlier.desk === desk && now() - earlier.at < FRESH_MS) return earlier.data;
    const data = readOpenData(database, desk, { organizationId, now: new Date(now()) });
    kept.set(organizationId, { at: now(), desk, data });
    data.catch(() => kept.delete(organizationId));
    return data;
  };
  return async (context) => {
    const [organizationId, desk] = [...desks()].find(([id]) => slugOf(id) === context.req.param('organization')) ?? [];
    const data = organizationId === undefined || desk === undefined ? undefined : await read(organizationId, desk);
    return desk === undefined || data === undefined ? undefined : { desk, data, language: languageFor(context).language };
  };
}

function csvRow(row: OpenRow, name: string): string[] {
  const { open, working, waiting, closed } = row.states;
  const numbers = [row.total, open, working, waiting, closed, row.overdue, row.medianDays, row.reopenedShare];
  return [row.area, row.category, name, ...numbers.map((number) => number?.toString() ?? '')];
}

function collectionOf({ desk, data, language }: Published) {
  const features = (desk.boundaries ?? []).map(({ code, polygons }) => {
    const { rows = [], ...numbers } = data.areas.find(({ area }) => area === code) ?? {};
    const categories = rows.map(({ area: _, ...row }) => ({ ...row, name: categoryName(desk, row.category, language) }));
    const geometry = { type: 'MultiPolygon', coordinates: polygons };
    return { type: 'Feature', geometry, properties: { area: code, total: 0, ...numbers, categories } };
  });
  const { from, to, atLeast } = data;
  return { type: 'FeatureCollection', from, to, atLeast, features };
}

function download(context: Context, body: string, contentType: string): Response {
  const headers = { 'content-type': contentType, 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=600' };
  return context.body(body, 200, headers);
}
