/** Reads flows/*.yaml into nodes of known type, before anything is looked up or typed. */
import { isJsonObject, type Json } from '@hazir/core';
import { z } from 'zod';
import type { ValueType } from '../expressions/value-type.ts';
import { MOST_NODES_A_FLOW } from '../limits.ts';
import { valueName } from '../nodes/fields.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import type { NodeType } from '../nodes/node-type.ts';
import { checkShape, type Path, type Problems, readYaml, type YamlFile } from './source.ts';

const typeName = z.enum(['string', 'int', 'number', 'boolean', 'any', 'list']).describe('Type of the value.');

/** flows/<flow>.yaml without its nodes, which have schemas of their own. */
export const flowSchema = z.strictObject({
  flow: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens')
    .max(40)
    .describe('Id of the flow; the name of its file.'),
  intent: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/)
    .optional()
    .describe('Intent in phrases/<language>.yaml that opens the flow from free text.'),
  urgent: z
    .boolean()
    .optional()
    .describe('True: its phrases open it from anywhere, also in the middle of a question, which is asked again afterwards.'),
  inputs: z
    .record(valueName, typeName)
    .optional()
    .describe('Values that the flow is run with; it can then only be run, not opened.'),
  nodes: z.array(z.unknown()).min(1).max(MOST_NODES_A_FLOW).describe('Nodes in order: what follows a node is the next one.'),
});

export interface RawNode {
  name: string;
  type: NodeType;
  source: unknown;
  path: Path;
}

export interface RawFlow {
  id: string;
  intent: string | undefined;
  urgent: boolean;
  inputs: { [name: string]: ValueType };
  nodes: RawNode[];
  yaml: YamlFile;
}

const inputTypes: { [name in z.infer<typeof typeName>]: ValueType } = {
  string: 'string',
  int: 'int',
  number: 'double',
  boolean: 'bool',
  any: 'any',
  list: { list: 'any' },
};

/** Reads every flow file of a pack. */
export function readFlows(files: ReadonlyMap<string, string>, problems: Problems): Map<string, RawFlow> {
  const flows = new Map<string, RawFlow>();
  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!file.startsWith('flows/') || !file.endsWith('.yaml')) continue;
    const yaml = readYaml(file, text, problems);
    const flow = yaml === undefined ? undefined : readFlow(yaml, problems);
    if (flow === undefined) continue;
    if (flow.id !== file.slice('flows/'.length, -'.yaml'.length)) {
      problems.add('flow:file-name', `The flow "${flow.id}" stands in ${file}`, {
        file,
        hint: `Name the file flows/${flow.id}.yaml.`,
      });
    }
    flows.set(flow.id, flow);
  }
  return flows;
}

function readFlow(yaml: YamlFile, problems: Problems): RawFlow | undefined {
  const source = checkShape(flowSchema, yaml.value, { yaml, path: [], problems });
  if (source === undefined) return undefined;
  const nodes: RawNode[] = [];
  for (const [index, raw] of source.nodes.entries()) {
    const node = readNode(raw, { index, yaml, problems });
    if (node === undefined) continue;
    if (nodes.some(({ name }) => name === node.name)) {
      problems.add('flow:node-twice', `Two nodes are called "${node.name}"`, {
        file: yaml.file,
        line: yaml.line(node.path),
        hint: 'Rename one; names are text keys too.',
      });
    }
    nodes.push(node);
  }
  const inputs = Object.fromEntries(Object.entries(source.inputs ?? {}).map(([name, type]) => [name, inputTypes[type]]));
  return { id: source.flow, intent: source.intent, urgent: source.urgent === true, inputs, nodes, yaml };
}

function readNode(
  raw: unknown,
  { index, yaml, problems }: { index: number; yaml: YamlFile; problems: Problems },
): RawNode | undefined {
  const path = ['nodes', index];
  const about = { file: yaml.file, line: yaml.line(path) };
  const verbs = NODE_TYPES.map(({ verb }) => verb).join(', ');
  if (!isJsonObject(raw)) {
    problems.add('flow:node-shape', 'A node is a verb with its name, for example "- say: welcome"', {
      ...about,
      hint: `Known verbs: ${verbs}.`,
    });
    return undefined;
  }
  const found = NODE_TYPES.filter(({ verb }) => Object.hasOwn(raw, verb));
  const type = mainType(found, raw);
  if (type === undefined) {
    problems.add(
      'flow:unknown-node',
      `No known verb among ${Object.keys(raw)
        .map((key) => `"${key}"`)
        .join(', ')}`,
      { ...about, hint: `Known verbs: ${verbs}.` },
    );
    return undefined;
  }
  const checked = checkShape(type.schema, raw, { yaml, path, problems });
  return checked === undefined ? undefined : { name: nameOf(type, raw, index), type, source: raw, path };
}

/** "language" or "wait" may also be a field of another node: the verb is the key that comes first. */
function mainType(found: readonly NodeType[], raw: { [key: string]: Json }): NodeType | undefined {
  const keys = Object.keys(raw);
  return found.toSorted((a, b) => keys.indexOf(a.verb) - keys.indexOf(b.verb))[0];
}

function nameOf(type: NodeType, raw: { [key: string]: Json }, index: number): string {
  const given = type.named ? raw[type.verb] : raw.name;
  return typeof given === 'string' ? given : `${type.verb}-${index + 1}`;
}
