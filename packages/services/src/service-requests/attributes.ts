/** What else may be said of a request of a category: the attributes of Open311's service definitions, as data of the pack. */
import { type Json, property } from '@hazir/core';
import { z } from 'zod';
import { type Localized, textIn } from '../data/localized.ts';

export const ATTRIBUTE_TYPES = ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'] as const;

export interface CategoryAttribute {
  code: string;
  datatype: (typeof ATTRIBUTE_TYPES)[number];
  required: boolean;
  /** False: nothing is asked, the description only tells something. */
  variable: boolean;
  /** What is asked. */
  description: Localized;
  /** How it is to be written; empty when there is nothing to say of it. */
  hint: Localized;
  /** Of lists: what can be chosen. */
  values: readonly { key: string; name: Localized }[];
}

const text = z.record(z.string(), z.string().min(1).max(500));
const key = z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, { error: 'must be of letters, digits, _ and -' });

/** As categories.yaml has them, in the order in which they are asked. */
export const attributesSchema = z
  .array(
    z
      .strictObject({
        code: key,
        datatype: z.enum(ATTRIBUTE_TYPES),
        required: z.boolean().default(false),
        variable: z.boolean().default(true),
        description: text,
        hint: text.default({}),
        values: z
          .array(z.strictObject({ key, name: text }))
          .max(100)
          .default([]),
      })
      .refine(({ datatype, values }) => datatype.endsWith('list') === values.length > 0, {
        error: 'a list, and only a list, has values',
      }),
  )
  .max(30)
  .default([]);

export function attributesFrom(read: z.output<typeof attributesSchema>): CategoryAttribute[] {
  return read.map(({ description, hint, values, ...rest }) => ({
    ...rest,
    description: localized(description),
    hint: localized(hint),
    values: values.map(({ key: value, name }) => ({ key: value, name: localized(name) })),
  }));
}

/** Texts of attributes that a language lacks. */
export function untranslated(attributes: readonly CategoryAttribute[], language: string): string[] {
  return attributes.flatMap(({ code, description, hint, values }) => [
    ...(description.has(language) ? [] : [code]),
    ...(hint.size === 0 || hint.has(language) ? [] : [`${code}/hint`]),
    ...values.filter(({ name }) => !name.has(language)).map(({ key: value }) => `${code}/${value}`),
  ]);
}

/** What was said of a request when it was opened, by the codes of its category's attributes. */
export const saidAttributes = z.record(
  z.string().max(60),
  z.union([z.string().max(4_000), z.array(z.string().max(500)).max(100)]),
);

/** The first code that the category does not ask for, or whose value is none of its list; undefined when all is well. */
export function badAttribute(
  attributes: readonly CategoryAttribute[],
  said: z.output<typeof saidAttributes>,
): string | undefined {
  return Object.keys(said).find((code) => {
    const attribute = attributes.find((one) => one.code === code);
    if (attribute === undefined) return true;
    const values = [said[code] ?? []].flat();
    return attribute.values.length > 0 && !values.every((value) => attribute.values.some(({ key }) => key === value));
  });
}

/** The same in words; what the pack has dropped since stands under its code. `details` are those of the event that opened the request. */
export function attributesInWords(
  attributes: readonly CategoryAttribute[],
  details: Json | undefined,
  [language, defaultLanguage]: readonly [string, string],
): { code: string; label: string; value: string }[] {
  const said = saidAttributes.safeParse(property(details, 'attributes'));
  return Object.entries(said.data ?? {}).map(([code, value]) => {
    const attribute = attributes.find((one) => one.code === code);
    const nameOf = (key: string) => attribute?.values.find((one) => one.key === key)?.name;
    const words = [value].flat().map((key) => {
      const name = nameOf(key);
      return name === undefined ? key : textIn(name, language, defaultLanguage);
    });
    const label = attribute === undefined ? code : textIn(attribute.description, language, defaultLanguage);
    return { code, label, value: words.join(', ') };
  });
}

function localized(text: Readonly<Record<string, string>>): Localized {
  return new Map(Object.entries(text));
}
