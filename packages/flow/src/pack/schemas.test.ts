import { isJsonObject, type Json } from '@hazir/core';
import { expect, test } from 'vitest';
import { NODE_TYPES } from '../nodes/index.ts';
import { flowJsonSchemas } from './schemas.ts';

const schemas = flowJsonSchemas();

test('every kind of file has a schema, every node type one of its own', () => {
  expect(Object.keys(schemas)).toEqual(['pack', 'flow', 'nodes', 'template', 'phrases', 'conversation']);
  expect(Object.keys(schemas.nodes)).toEqual(NODE_TYPES.map(({ verb }) => verb));
});

test('every field that an author writes is described: the builder shows it', () => {
  const bare: string[] = [];
  const visit = (value: Json, path: string): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`);
    if (!isJsonObject(value)) return;
    for (const [name, inner] of Object.entries(isJsonObject(value.properties) ? value.properties : {})) {
      const described = isJsonObject(inner) && (typeof inner.description === 'string' || typeof inner.$ref === 'string');
      if (!described) bare.push(`${path}.${name}`);
    }
    for (const [name, inner] of Object.entries(value)) visit(inner, `${path}.${name}`);
  };
  visit(schemas.pack, 'pack');
  visit(schemas.flow, 'flow');
  visit(schemas.template, 'template');
  visit(schemas.conversation, 'conversation');
  expect(bare).toEqual([]);
});
