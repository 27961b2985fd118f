/** The API's description as a list that is easy to show: what the schemas refer to is put in its place, a few levels deep. */
export interface Operation {
  /** Of the address. */
  id: string;
  group: string;
  method: string;
  path: string;
  summary: string;
  parameters: { name: string; where: string; required: boolean; type: string; description: string }[];
  body: string | undefined;
  answers: { status: string; description: string; shape: string | undefined }[];
}

const DEPTH = 6;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export function readDescription(description: unknown): Operation[] {
  const root = objectOf(description);
  return Object.entries(objectOf(root.paths)).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = objectOf(methods)[method];
      return operation === undefined ? [] : [operationOf(root, { path, method, operation: objectOf(operation) })];
    }),
  );
}

type Fields = Record<string, unknown>;

function operationOf(root: Fields, { path, method, operation }: { path: string; method: string; operation: Fields }): Operation {
  const body = objectOf(objectOf(operation.requestBody).content);
  return {
    id: `${method}-${path.replaceAll(/[^a-z0-9]+/gi, '-')}`,
    group: path.split('/')[1]?.replace('.csv', '') ?? '',
    method: method.toUpperCase(),
    path,
    summary: textOf(operation.summary),
    parameters: listOf(operation.parameters).map((one) => {
      const { name, in: where, required, schema, description } = objectOf(one);
      return {
        ...{ name: textOf(name), where: textOf(where), required: required === true },
        ...{ type: shapeOf(root, schema, 1), description: textOf(description) || textOf(objectOf(schema).description) },
      };
    }),
    body: schemaIn(root, body),
    answers: Object.entries(objectOf(operation.responses)).map(([status, answer]) => {
      const { description, content } = objectOf(answer);
      const shape = status.startsWith('2') ? schemaIn(root, objectOf(content)) : undefined;
      return { status, description: textOf(description), shape };
    }),
  };
}

function schemaIn(root: Fields, content: Fields): string | undefined {
  const schema = objectOf(Object.values(content)[0]).schema;
  return schema === undefined ? undefined : shapeOf(root, schema, DEPTH);
}

/** A schema as one would write it down: `{ name: string, post: string | null }`. */
function shapeOf(root: Fields, given: unknown, depth: number, indent = ''): string {
  const schema = resolve(root, objectOf(given));
  const options = listOf(schema.anyOf ?? schema.oneOf);
  if (options.length > 0) return options.map((one) => shapeOf(root, one, depth, indent)).join(' | ');
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const types = Array.isArray(schema.type) ? schema.type.map(textOf) : [textOf(schema.type) || 'any'];
  return types.map((type) => plainShape(root, { schema, type, depth, indent })).join(' | ');
}

interface Shaped {
  schema: Fields;
  type: string;
  depth: number;
  indent: string;
}

function plainShape(root: Fields, { schema, type, depth, indent }: Shaped): string {
  if (type === 'array') {
    const inner = shapeOf(root, schema.items, depth, indent);
    return inner.includes(' | ') && !inner.includes('\n') ? `(${inner})[]` : `${inner}[]`;
  }
  if (type !== 'object') return textOf(schema.format) === '' ? type : `${type} (${textOf(schema.format)})`;
  const all = listOf(schema.allOf).map((one) => resolve(root, objectOf(one)));
  const parts = [schema, ...all];
  const properties = parts.flatMap((part) => Object.entries(objectOf(part.properties)));
  if (properties.length === 0 || depth === 0) return '{ … }';
  const required = new Set(parts.flatMap((part) => listOf(part.required)));
  const deeper = `${indent}  `;
  const lines = properties.map(
    ([name, value]) => `${deeper}${name}${required.has(name) ? '' : '?'}: ${shapeOf(root, value, depth - 1, deeper)}`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function resolve(root: Fields, schema: Fields): Fields {
  const reference = textOf(schema.$ref);
  if (reference !== '') {
    const name = reference.split('/').at(-1) ?? '';
    return resolve(root, objectOf(objectOf(objectOf(root.components).schemas)[name]));
  }
  // What extends another schema is an object like it.
  return Array.isArray(schema.allOf) && schema.type === undefined ? { ...schema, type: 'object' } : schema;
}

function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
