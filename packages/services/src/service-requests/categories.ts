/** The tree of what citizens may report: two levels, read from the pack. Requests are opened on leaves. */
import { z } from 'zod';
import type { Localized } from '../data/localized.ts';
import { checkShape, type DataReader } from '../data/source.ts';
import { readYaml, type YamlData } from '../data/yaml.ts';
import { attributesFrom, attributesSchema, type CategoryAttribute, untranslated } from './attributes.ts';

export interface Category {
  code: string;
  name: Localized;
  parent: string | undefined;
  department: string;
  /** Hours from opening to the expected end; undefined for a category with children, and where nothing is promised. */
  expectedHours: number | undefined;
  /** 1 is the most urgent, 3 the usual. */
  priority: number;
  /** Code of the life cycle of its requests; undefined for the default one. */
  lifeCycle: string | undefined;
  /** Words and phrases of all languages and romanisations together. */
  keywords: readonly string[];
  /** What else may be said of it, in the order in which it is asked. */
  attributes: readonly CategoryAttribute[];
}

export interface Categories {
  all: readonly Category[];
  byCode: (code: string) => Category | undefined;
  /** Of the top for no parent. */
  childrenOf: (parent: string | undefined) => readonly Category[];
}

const MOST_CATEGORIES = 200;
const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be of lower-case letters, digits and dashes' });
const base = {
  code,
  name: z.record(z.string(), z.string().min(1)),
  keywords: z.record(z.string(), z.array(z.string().min(2).max(60)).max(60)).default({}),
  expectedHours: z.number().positive().max(17_520).optional(),
  lifeCycle: z.string().max(40).optional(),
  priority: z.number().int().min(1).max(5).default(3),
  attributes: attributesSchema,
};
const leaf = z.strictObject({ ...base, department: z.string().optional() });
const tree = z
  .strictObject({
    categories: z.array(z.strictObject({ ...base, department: z.string(), children: z.array(leaf).min(1).optional() })).min(1),
  })
  .describe('Categories by their parents.');

/** Reads the tree, whose categories name one of these life cycles; undefined after reporting what is wrong with it. */
export function readCategories(
  reader: DataReader,
  file: string,
  lifeCycles: ReadonlyMap<string, unknown>,
): Categories | undefined {
  const yaml = readYaml(reader, file);
  if (yaml === undefined) return undefined;
  const hint = 'The fields are described in docs/how-to/service-operations.md.';
  const parsed = checkShape(tree, yaml.value, { reader, file, lineOf: yaml.lineOf, hint });
  if (parsed === undefined) return undefined;
  const found: { category: Category; path: PropertyKey[] }[] = [];
  for (const [index, { children = [], ...top }] of parsed.categories.entries()) {
    const path = ['categories', index];
    found.push({ category: categoryOf(top, undefined, top), path });
    for (const [place, child] of children.entries()) {
      found.push({
        category: categoryOf(child, top.code, {
          department: child.department ?? top.department,
          lifeCycle: child.lifeCycle ?? top.lifeCycle,
        }),
        path: [...path, 'children', place],
      });
    }
  }
  reportMistakes(reader, file, { found, yaml, lifeCycles });
  return indexCategories(found.map(({ category }) => category));
}

function categoryOf(
  read: z.output<typeof leaf>,
  parent: string | undefined,
  { department, lifeCycle }: { department: string; lifeCycle?: string | undefined },
): Category {
  const keywords = Object.values(read.keywords).flat();
  return {
    code: read.code,
    name: new Map(Object.entries(read.name)),
    parent,
    department,
    lifeCycle,
    priority: read.priority,
    expectedHours: read.expectedHours,
    keywords,
    attributes: attributesFrom(read.attributes),
  };
}

function reportMistakes(
  reader: DataReader,
  file: string,
  {
    found,
    yaml,
    lifeCycles,
  }: { found: readonly { category: Category; path: PropertyKey[] }[]; yaml: YamlData; lifeCycles: ReadonlyMap<string, unknown> },
): void {
  const seen = new Set<string>();
  for (const { category, path } of found) {
    const line = yaml.lineOf([...path, 'code']);
    if (seen.has(category.code))
      reader.report('data:duplicate', `The category "${category.code}" is listed twice`, {
        file,
        line,
        hint: 'Codes are unique over the whole tree.',
      });
    seen.add(category.code);
    if (category.lifeCycle !== undefined && !lifeCycles.has(category.lifeCycle))
      reader.report('service-requests:unknown-life-cycle', `"${category.code}" has no life cycle "${category.lifeCycle}"`, {
        ...{ file, line: yaml.lineOf([...path, 'lifeCycle']) },
        hint: 'Name one of the life cycles in the file that pack.yaml names.',
      });
    for (const language of reader.languages.filter((each) => !category.name.has(each))) {
      reader.report('data:text-missing', `"${category.code}" has no name in ${language}`, {
        file,
        line,
        hint: 'Write it in every language of the pack.',
      });
    }
    for (const language of reader.languages) {
      for (const attribute of untranslated(category.attributes, language))
        reader.report('data:text-missing', `The attribute "${attribute}" of "${category.code}" has no text in ${language}`, {
          file,
          line,
          hint: 'Write it in every language of the pack.',
        });
    }
  }
  if (found.length > MOST_CATEGORIES)
    reader.report('data:shape', `More than ${MOST_CATEGORIES} categories`, { file, hint: 'Join some of them.' });
}

function indexCategories(all: readonly Category[]): Categories {
  const byCode = new Map(all.map((category) => [category.code, category]));
  return {
    all,
    byCode: (wanted) => byCode.get(wanted),
    childrenOf: (parent) => all.filter((category) => category.parent === parent),
  };
}
