/** Figures as a table of what, where, when and how many. */
import type { Figures } from '../api/client.ts';

type Row = readonly (string | number)[];

export function csvOf({ requests, tickets }: Figures): string {
  const places = (kind: string, all: Figures['requests']['areas']): Row[] =>
    all.flatMap(({ code, opened, closed, late }) => [
      ['requests_opened', kind, code ?? '', '', opened],
      ['requests_closed', kind, code ?? '', '', closed],
      ['requests_late', kind, code ?? '', '', late],
    ]);
  const rows: Row[] = [
    ['measure', 'by', 'value', 'day', 'count'],
    ...requests.perDay.flatMap(({ day, opened, closed }): Row[] => [
      ['requests_opened', 'day', '', day, opened],
      ['requests_closed', 'day', '', day, closed],
    ]),
    ...places('department', requests.departments),
    ...places('area', requests.areas),
    ...tickets.perDay.map(({ day, count }): Row => ['talks', 'day', '', day, count]),
    ...tickets.topics.map(({ topic, count }): Row => ['talks', 'topic', topic, '', count]),
    ...(['yes', 'partly', 'no'] as const).map((answer): Row => ['helped', 'answer', answer, '', tickets[answer]]),
  ];
  return `${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** A cell that begins like a formula is made one that does not. */
function quoted(cell: string | number): string {
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
