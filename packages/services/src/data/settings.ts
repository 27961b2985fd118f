import type { z } from 'zod';
import type { ServiceSource } from '../service-module.ts';
import { checkShape, type DataReader } from './source.ts';
import { parseYaml } from './yaml.ts';

const MANIFEST = 'pack.yaml';

/** Checks what pack.yaml says of a service; undefined after reporting each difference with its line there. */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  { source, reader, service }: { source: ServiceSource; reader: DataReader; service: string },
): z.output<Schema> | undefined {
  const manifest = parseYaml(source.readText(MANIFEST) ?? '');
  const lineOf = 'value' in manifest ? manifest.lineOf : () => 1;
  return checkShape(schema, source.settings, {
    reader,
    file: MANIFEST,
    lineOf: (path) => lineOf(['services', service, ...path]),
    hint: `The settings of "${service}" are described in docs/how-to/service-operations.md.`,
  });
}
