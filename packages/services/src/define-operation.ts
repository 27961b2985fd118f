/**
 * An operation is declared once, with Zod: flows are type-checked against its JSON Schemas, and its input is parsed before
 * it runs. What an operation cannot do for a citizen is a result with a code, never an exception; exceptions are faults.
 */
import type { CallResult, ErrorCode, Json, JsonSchema } from '@hazir/core';
import type { Operation, OperationContext } from '@hazir/store';
import { z } from 'zod';

export type Outcome<Value> = { ok: true; value: Value } | { ok: false; error: { code: ErrorCode; message: string } };

export interface OperationSpec<Input extends z.ZodType, Output extends z.ZodType<Json>> {
  /** For example "directory.areasAt". */
  name: string;
  /** One sentence for the flow builder. */
  summary: string;
  input: Input;
  output: Output;
  /** The code of an input that is not of the declared shape, for example "directory:bad-input". */
  badInput: ErrorCode;
  /** It takes long, or needs a citizen's file. */
  later?: true;
  run: (input: z.output<Input>, context: OperationContext) => Promise<Outcome<z.output<Output>>>;
}

/** Makes an operation of its declaration. */
export function defineOperation<Input extends z.ZodType, Output extends z.ZodType<Json>>(
  spec: OperationSpec<Input, Output>,
): Operation {
  const { name, summary, input, output, badInput, later } = spec;
  return {
    signature: { name, summary, input: jsonSchema(input), output: jsonSchema(output) },
    ...(later && { later }),
    run: async (given, context): Promise<CallResult> => {
      const parsed = input.safeParse(given);
      if (!parsed.success) return failed(badInput, `${name}: ${describe(parsed.error)}`);
      return spec.run(parsed.data, context);
    },
  };
}

/** The result of an operation that did what it was asked. */
export function done<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

/** The result of an operation that could not; a flow branches on the code. */
export function failed(code: ErrorCode, message: string): { ok: false; error: { code: ErrorCode; message: string } } {
  return { ok: false, error: { code, message } };
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest }: JsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })));
  return rest;
}

/** Names the field and the rule, never the value: it may be personal. */
function describe(error: z.ZodError): string {
  const [first] = error.issues;
  return first === undefined ? 'the input is not valid' : `${first.path.join('.') || 'input'}: ${first.message}`;
}
