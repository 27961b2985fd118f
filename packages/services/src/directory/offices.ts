/** The office of each area and the officials whom a citizen may contact there. */
import { z } from 'zod';
import { degrees } from '../data/degrees.ts';
import type { Point } from '../data/geometry.ts';
import type { Localized } from '../data/localized.ts';
import type { DataReader } from '../data/source.ts';
import { readTable, reportRepeats } from '../data/table.ts';
import type { Areas } from './areas.ts';
import { type OpeningHours, parseOpeningHours } from './opening-hours.ts';

export interface Official {
  role: Localized;
  name: Localized;
  phone: string;
}

export interface Office extends Point {
  code: string;
  name: Localized;
  landmarks: Localized;
  address: Localized;
  hours: Localized;
  phone: string;
  /** Undefined where the pack does not say it so that it can be reckoned with. */
  open: OpeningHours | undefined;
  officials: Official[];
}

const phone = z.string().regex(/^\+?[0-9][0-9 -]{1,18}$/, { error: 'must be a phone number, for example +91 22 5550 0001' });
const open = z
  .string()
  .max(200)
  .default('')
  .refine((text) => text === '' || parseOpeningHours(text) !== undefined, {
    error: 'must be opening hours, for example Mo-Fr 09:45-18:15; PH off',
  })
  .transform(parseOpeningHours);
const officeColumns = z.object({ area: z.string().min(1), phone, latitude: degrees(90), longitude: degrees(180), open });
const officialColumns = z.object({ area: z.string().min(1), phone });

/** Reads offices by area code; reports areas without one, and offices that lie in another area. */
export function readOffices(
  reader: DataReader,
  files: { offices: string; officials: string },
  areas: Areas,
): ReadonlyMap<string, Office> {
  const officials = readOfficials(reader, files.officials, areas);
  const texts = { name: 'required', landmarks: 'required', address: 'required', hours: 'required' } as const;
  const rows = readTable(reader, { file: files.offices, columns: officeColumns, texts });
  reportRepeats(
    reader,
    files.offices,
    rows.map(({ line, values }) => ({ line, key: values.area })),
  );
  const offices = new Map<string, Office>();
  for (const { line, values, text } of rows) {
    const { area, ...rest } = values;
    if (!checkArea(reader, { area, file: files.offices, line }, areas)) continue;
    if (!areas.holds(area, values)) {
      reader.report('data:outside-area', `The office of ${area} does not lie in ${area}`, {
        file: files.offices,
        line,
        hint: 'Check that latitude and longitude are not exchanged.',
      });
    }
    const [name, landmarks, address, hours] = [text('name'), text('landmarks'), text('address'), text('hours')];
    offices.set(area, { code: area, name, landmarks, address, hours, ...rest, officials: officials.get(area) ?? [] });
  }
  reportMissing(
    reader,
    files.offices,
    areas.codes.filter((code) => !offices.has(code)),
  );
  return offices;
}

function readOfficials(reader: DataReader, file: string, areas: Areas): ReadonlyMap<string, Official[]> {
  const officials = new Map<string, Official[]>();
  for (const { line, values, text } of readTable(reader, {
    file,
    columns: officialColumns,
    texts: { role: 'required', name: 'required' },
  })) {
    if (!checkArea(reader, { area: values.area, file, line }, areas)) continue;
    officials.set(values.area, [
      ...(officials.get(values.area) ?? []),
      { role: text('role'), name: text('name'), phone: values.phone },
    ]);
  }
  return officials;
}

function checkArea(
  reader: DataReader,
  { area, file, line }: { area: string; file: string; line: number },
  areas: Areas,
): boolean {
  if (areas.codes.includes(area)) return true;
  reader.report('data:unknown-area', `No area has the code "${area}"`, {
    file,
    line,
    hint: `Known codes: ${areas.codes.slice(0, 30).join(', ')}.`,
  });
  return false;
}

function reportMissing(reader: DataReader, file: string, codes: readonly string[]): void {
  if (codes.length === 0) return;
  reader.report('data:office-missing', `No office for ${codes.join(', ')}`, {
    file,
    hint: 'Add a row for each area of the boundaries or points.',
  });
}
