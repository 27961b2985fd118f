/** Who is responsible for what, and where: departments with a fall-back queue, and the posts in them. */
import { z } from 'zod';
import type { Localized } from '../../data/localized.ts';
import { checkShape, type DataReader } from '../../data/source.ts';
import { readTable, reportRepeats, type TableRow } from '../../data/table.ts';
import { readYaml } from '../../data/yaml.ts';
import type { Department, Post, Responsibility } from './responsibility.ts';

const HINT = 'Departments and posts are described in docs/how-to/service-requests.md.';
const code = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { error: 'must be of lower-case letters, digits and dashes' });
const departmentsSchema = z.strictObject({
  fallback: code,
  departments: z.array(z.strictObject({ code, name: z.record(z.string(), z.string().min(1).max(60)) })).min(1),
});
/** Codes with semicolons; empty for all. */
const codes = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(';')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );
const postColumns = z.object({
  post: code,
  department: code,
  areas: codes,
  categories: codes,
  reports_to: z.string().default(''),
  phone: z
    .string()
    .default('')
    .transform((text) => text.replaceAll(' ', ''))
    .refine((phone) => phone === '' || /^\+[1-9]\d{6,14}$/.test(phone), {
      error: 'must be a phone number with its country, like +91 22 5550 0011',
    }),
});

type PostRow = TableRow<z.output<typeof postColumns>>;

/** Reads both files; a pack without them leaves everything to the departments that its categories name. */
export function readResponsibility(
  reader: DataReader,
  files: { departments?: string | undefined; posts?: string | undefined },
): Responsibility {
  const { departments, fallback } = files.departments === undefined ? NOTHING : readDepartments(reader, files.departments);
  const rows =
    files.posts === undefined ? [] : readTable(reader, { file: files.posts, columns: postColumns, texts: { name: 'required' } });
  if (files.posts !== undefined) checkPosts(reader, files.posts, { rows, departments });
  const posts = new Map(rows.map((row) => [row.values.post, postFrom(row)]));
  return { departments, fallback, posts };
}

const NOTHING = { departments: new Map<string, Department>(), fallback: undefined };

function readDepartments(
  reader: DataReader,
  file: string,
): { departments: ReadonlyMap<string, Department>; fallback: string | undefined } {
  const yaml = readYaml(reader, file);
  const parsed = yaml && checkShape(departmentsSchema, yaml.value, { reader, file, lineOf: yaml.lineOf, hint: HINT });
  if (yaml === undefined || parsed === undefined) return NOTHING;
  const departments = new Map<string, Department>();
  for (const [index, one] of parsed.departments.entries()) {
    const line = yaml.lineOf(['departments', index]);
    const name: Localized = new Map(Object.entries(one.name));
    if (departments.has(one.code))
      reader.report('data:duplicate', `The department "${one.code}" is there twice`, {
        file,
        line,
        hint: 'Remove one of the two.',
      });
    for (const language of reader.languages.filter((each) => !name.has(each)))
      reader.report('data:text-missing', `"${one.code}" has no name in ${language}`, {
        ...{ file, line },
        hint: 'Write it in every language of the pack.',
      });
    departments.set(one.code, { code: one.code, name });
  }
  if (!departments.has(parsed.fallback))
    reader.report('service-requests:unknown-department', `The fall-back queue "${parsed.fallback}" is no department`, {
      ...{ file, line: yaml.lineOf(['fallback']), hint: HINT },
    });
  return { departments, fallback: parsed.fallback };
}

function checkPosts(
  reader: DataReader,
  file: string,
  { rows, departments }: { rows: readonly PostRow[]; departments: ReadonlyMap<string, Department> },
): void {
  reportRepeats(
    reader,
    file,
    rows.map(({ line, values }) => ({ line, key: values.post })),
  );
  // Whoever writes from a phone acts as its post: it has to be one.
  reportRepeats(
    reader,
    file,
    rows.filter(({ values }) => values.phone !== '').map(({ line, values }) => ({ line, key: values.phone })),
  );
  const above = new Map(rows.map(({ values }) => [values.post, values.reports_to]));
  for (const { line, values } of rows) {
    if (departments.size > 0 && !departments.has(values.department))
      reader.report('service-requests:unknown-department', `"${values.department}" is no department`, { file, line, hint: HINT });
    if (values.reports_to !== '' && !above.has(values.reports_to))
      reader.report('service-requests:unknown-post', `"${values.reports_to}" is no post`, { file, line, hint: HINT });
    if (isAboveItself(values.post, above))
      reader.report('service-requests:unknown-post', `"${values.post}" reports to itself in the end`, { file, line, hint: HINT });
  }
}

function isAboveItself(post: string, above: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  for (let next = above.get(post); next && !seen.has(next); next = above.get(next)) {
    if (next === post) return true;
    seen.add(next);
  }
  return false;
}

function postFrom({ values, text }: PostRow): Post {
  const { post, department, areas, categories, reports_to: reportsTo, phone } = values;
  return {
    ...{ code: post, name: text('name'), department, areas, categories },
    reportsTo: reportsTo === '' ? undefined : reportsTo,
    phone: phone === '' ? undefined : phone,
  };
}
