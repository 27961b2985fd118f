import type { JsonSchema } from '@hazir/core';
import { z } from 'zod';
import { conversationSchema } from '../conversations/schema.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { manifestSchema } from './manifest.ts';
import { phrasesSchema } from './phrases.ts';
import { flowSchema } from './read-flow.ts';
import { templateSchema } from './templates.ts';

/** JSON Schemas (draft 2020-12) of the files of a pack, for editors and for the flow builder's forms. */
export interface FlowJsonSchemas {
  pack: JsonSchema;
  flow: JsonSchema;
  /** By verb. */
  nodes: { [verb: string]: JsonSchema };
  template: JsonSchema;
  phrases: JsonSchema;
  conversation: JsonSchema;
}

/** Publishes the schemas that packs are checked with. */
export function flowJsonSchemas(): FlowJsonSchemas {
  const [first, ...rest] = NODE_TYPES.map(({ schema }) => schema);
  const node = first === undefined ? z.never() : z.union([first, ...rest]);
  const flow = flowSchema.extend({
    nodes: z.array(node).min(1).describe('Nodes in order: what follows a node is the next one.'),
  });
  return {
    pack: publish(manifestSchema),
    flow: publish(flow.describe('A flow: what is said and asked, in order.')),
    nodes: Object.fromEntries(NODE_TYPES.map(({ verb, schema }) => [verb, publish(schema)])),
    template: publish(templateSchema),
    phrases: publish(phrasesSchema),
    conversation: publish(conversationSchema),
  };
}

function publish(schema: z.ZodType): JsonSchema {
  return z.record(z.string(), z.json()).parse(z.toJSONSchema(schema, { io: 'input' }));
}
