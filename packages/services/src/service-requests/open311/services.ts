/** GET services, and the definition of one. */
import type { JsonObject } from '@hazir/core';
import type { CategoryAttribute } from '../attributes.ts';
import type { Category } from '../categories.ts';
import { nameIn, type Open311Desk, serviceOf, servicesOf } from './desk.ts';
import type { Document } from './protocol/render.ts';

export function serviceList(desk: Open311Desk, language: string): Document {
  return { root: 'services', body: servicesOf(desk).map((category) => serviceCard(desk, category, language)) };
}

export function serviceDefinition(desk: Open311Desk, code: string, language: string): Document {
  const attributes = serviceOf(desk, code).attributes.map((attribute, index) => ({
    ...attributeCard(desk, attribute, language),
    order: index + 1,
  }));
  return { root: 'service_definition', body: { service_code: code, attributes } };
}

function serviceCard(desk: Open311Desk, category: Category, language: string): JsonObject {
  const group = category.parent === undefined ? undefined : desk.categories.byCode(category.parent);
  const name = nameIn(desk, category.name, language);
  return {
    service_code: category.code,
    service_name: name,
    description: group === undefined ? name : `${nameIn(desk, group.name, language)}: ${name}`,
    metadata: category.attributes.length > 0,
    type: desk.open311.batch.includes(category.code) ? 'batch' : 'realtime',
    // A comma ends a keyword.
    keywords: category.keywords.map((word) => word.replaceAll(',', ' ')).join(', '),
    group: group === undefined ? name : nameIn(desk, group.name, language),
  };
}

function attributeCard(desk: Open311Desk, attribute: CategoryAttribute, language: string): JsonObject {
  const { variable, code, datatype, required, hint, description, values } = attribute;
  return {
    ...{ variable, code, datatype, required, datatype_description: nameIn(desk, hint, language) || null },
    ...{ order: 0, description: nameIn(desk, description, language) },
    ...(values.length > 0 && { values: values.map(({ key, name }) => ({ key, name: nameIn(desk, name, language) })) }),
  };
}
