/** Whether a flow is given what it needs to begin. */
import type { Expression } from '../expressions/expression.ts';
import { describeType, type ValueType } from '../expressions/value-type.ts';
import { accepts } from './accepts.ts';
import type { CompileScope } from './node-type.ts';

interface Given {
  flow: string;
  inputs: { [name: string]: ValueType };
  values: readonly [string, Expression][];
  /** Where the values are written. */
  path: (string | number)[];
}

/** Reports every input that is missing, of another type or not the flow's. */
export function checkInputs(scope: CompileScope, { flow, inputs, values, path }: Given): void {
  const given = new Map(values);
  for (const [name, type] of Object.entries(inputs)) {
    const value = given.get(name);
    if (value === undefined)
      scope.problem('flow:run-input', `The flow "${flow}" needs "${name}"`, { path, hint: 'Give it under "with".' });
    else if (!accepts(type, value.type)) {
      scope.problem('flow:run-input', `"${name}" is a ${describeType(value.type)}, but "${flow}" takes a ${describeType(type)}`, {
        path: [...path, name],
      });
    }
  }
  for (const name of given.keys()) {
    if (inputs[name] === undefined)
      scope.problem('flow:run-input', `The flow "${flow}" takes no "${name}"`, {
        path: [...path, name],
        hint: 'Declare it under "inputs" there.',
      });
  }
}
