/** The page over what is published: two tables with bars, wards and categories, the most requests first. */
import { categoryName, type OpenArea, type OpenData, type RequestDesk } from '@hazir/services';
import { html } from 'hono/html';
import { dayIn } from './page.ts';
import type { Texts } from './texts.ts';

interface Shown {
  desk: RequestDesk;
  data: OpenData;
  language: string;
  texts: Texts;
  /** Where the page stands. */
  path: string;
}

interface Line {
  name: string;
  total: number;
  overdue: number;
  more: (number | null)[];
}

export function dashboard({ desk, data, language, texts, path }: Shown) {
  const few = texts.few.replace('{atLeast}', String(data.atLeast));
  const asOf = texts.asOf.replace('{day}', dayIn(language, data.to));
  const head = [texts.total, texts.overdue];
  const areas = data.areas.map(areaLine);
  return html`<p>${asOf}. ${few}</p>
<p>${texts.download}: <a href="${path}/requests.csv?lang=${language}">CSV</a> · <a href="${path}/areas.geojson?lang=${language}">GeoJSON</a></p>
${table(texts.byArea, { head: [texts.area, ...head, texts.days, `${texts.reopened} (%)`], lines: areas, language })}
${table(texts.byCategory, { head: [texts.category, ...head], lines: categoryLines(data, desk, language), language })}`;
}

function areaLine({ area, total, overdue, medianDays, reopenedShare }: OpenArea): Line {
  return { name: area, total, overdue, more: [medianDays, reopenedShare === null ? null : Math.round(reopenedShare * 100)] };
}

/** Sums of the rows that are told, over all areas. */
function categoryLines({ areas }: OpenData, desk: RequestDesk, language: string): Line[] {
  const lines = new Map<string, Line>();
  for (const { category, total, overdue } of areas.flatMap(({ rows }) => rows)) {
    const line = lines.get(category) ?? { name: categoryName(desk, category, language), total: 0, overdue: 0, more: [] };
    lines.set(category, { ...line, total: line.total + total, overdue: line.overdue + (overdue ?? 0) });
  }
  return [...lines.values()];
}

function table(title: string, { head, lines, language }: { head: string[]; lines: Line[]; language: string }) {
  const number = new Intl.NumberFormat(`${language}-IN`);
  const most = Math.max(1, ...lines.map(({ total }) => total));
  const cells = ({ total, overdue, more }: Line) =>
    [total, overdue, ...more].map((each) => (each === null ? '–' : number.format(each)));
  const rows = lines
    .sort((a, b) => b.total - a.total)
    .map((line) => {
      const [total, ...rest] = cells(line);
      return html`<tr><th scope="row">${line.name}</th><td>${total} <meter aria-hidden="true" max="${most}" value="${line.total}"></meter></td>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`;
    });
  return html`<h2>${title}</h2><div class="wide" role="region" tabindex="0" aria-label="${title}">
<table><thead><tr>${head.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
