/** Ids of options: `flow/node/option`, so that a tap on an old message says where it belongs. Flow and node have no slash. */
import type { ValueType } from '../expressions/value-type.ts';
import { MOST_CHOICE_ID } from '../limits.ts';

export interface ChoicePlace {
  flow: string;
  node: string;
  option: string;
}

const COMMAND = '@';
const OPEN = '@open/';

/** The id of an option of a node. */
export function choiceId({ flow, node, option }: ChoicePlace): string {
  return `${flow}/${node}/${option}`;
}

/** True when the id would not fit into a channel. */
export function choiceIdTooLong(place: ChoicePlace): boolean {
  return choiceId(place).length > MOST_CHOICE_ID;
}

/** Reads an id back; undefined when it is none of a node's. */
export function parseChoiceId(id: string): ChoicePlace | undefined {
  const [flow, node, ...rest] = id.split('/');
  if (flow === undefined || node === undefined || rest.length === 0 || flow.startsWith(COMMAND)) return undefined;
  return { flow, node, option: rest.join('/') };
}

/** The id of a global command's button. */
export function commandChoice(command: string): string {
  return `${COMMAND}${command}`;
}

/** The values that an id carries, by name. */
export interface CarriedValues {
  [name: string]: string;
}

/** The id or template payload that opens a flow from anywhere and at any time, with values for its inputs. */
export function openFlowChoice(flow: string, values: CarriedValues = {}): string {
  const carried = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${OPEN}${flow}${carried.length === 0 ? '' : `?${carried.join('&')}`}`;
}

/** The flow that an id opens and what it carries, undefined for any other id. Ids come from outside: the values are anybody's. */
export function openedByChoice(id: string): { flow: string; values: CarriedValues } | undefined {
  if (!id.startsWith(OPEN)) return undefined;
  const [flow = '', carried = ''] = id.slice(OPEN.length).split('?');
  const pairs = carried.split('&').flatMap((pair) => {
    const [name = '', value] = pair.split('=');
    const read = value === undefined ? undefined : decoded(value);
    return read === undefined ? [] : [[name, read] as const];
  });
  return { flow, values: Object.fromEntries(pairs) };
}

/** True for a flow whose inputs a button can carry. */
export function takesText(inputs: { [name: string]: ValueType }): boolean {
  return Object.values(inputs).every((type) => type === 'string' || type === 'any');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The command of an id, undefined for any other id. */
export function commandOfChoice(id: string): string | undefined {
  return id.startsWith(COMMAND) && !id.startsWith(OPEN) ? id.slice(COMMAND.length) : undefined;
}
