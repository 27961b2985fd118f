/** Reads YAML files of a pack, keeping the line of everything for problems. */
import { isCollection, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { DataReader } from './source.ts';

export interface YamlData {
  value: unknown;
  /** 1-based line of what stands at a path, or of the nearest thing above it. */
  lineOf: (path: readonly PropertyKey[]) => number;
}

const MOST_ALIASES = 20;

/** Reads a file; undefined after reporting what is wrong with it. */
export function readYaml(reader: DataReader, file: string): YamlData | undefined {
  const text = reader.read(file);
  if (text === undefined) return undefined;
  const data = parseYaml(text);
  if ('value' in data) return data;
  reader.report('data:yaml', `This is not valid YAML: ${data.reason}`, {
    file,
    line: data.line,
    hint: 'Check indentation, quotes and colons near this line.',
  });
  return undefined;
}

/** Parses YAML text, for example pack.yaml, whose mistakes others report. */
export function parseYaml(text: string): YamlData | { reason: string; line: number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) return { reason: error.message, line: lines.linePos(error.pos[0]).line };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value, lineOf: (path) => lines.linePos(offsetAt(document.contents, path)).line || 1 };
  } catch {
    return { reason: 'it uses too many aliases', line: 1 };
  }
}

function offsetAt(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isCollection(node) && typeof part === 'number') {
      node = node.items[part];
      offset = isScalar(node) || isCollection(node) ? (node.range?.[0] ?? offset) : offset;
    } else break;
  }
  return offset;
}
