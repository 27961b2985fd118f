/** Ids of options: `flow/node/option`, so that a tap on an old message says where it belongs. Flow and node have no slash. */
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

/** The id or template payload that opens a flow from anywhere. */
export function openFlowChoice(flow: string): string {
  return `${OPEN}${flow}`;
}

/** The flow that an id opens, undefined for any other id. */
export function flowOfChoice(id: string): string | undefined {
  return id.startsWith(OPEN) ? id.slice(OPEN.length) : undefined;
}

/** The command of an id, undefined for any other id. */
export function commandOfChoice(id: string): string | undefined {
  return id.startsWith(COMMAND) && !id.startsWith(OPEN) ? id.slice(COMMAND.length) : undefined;
}
