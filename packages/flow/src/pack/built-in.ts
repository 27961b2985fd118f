/** Flows that every pack has without writing them. */
import { languageParts } from '../nodes/language/node.ts';
import type { CompiledFlow } from '../nodes/node-type.ts';

/** Id of the flow behind the command "language"; no pack's flow can be called so, for its sign. */
export const LANGUAGE_FLOW = '=language';

/** The flow that asks for a language and then lets the interrupted question be asked again. */
export function languageFlow(languages: readonly string[]): CompiledFlow {
  const parts = languageParts({ always: true, text: undefined, languages });
  const node = { ...parts, name: 'ask', verb: 'language', next: undefined, exits: [] };
  return { id: LANGUAGE_FLOW, nodes: new Map([['ask', node]]), first: 'ask', inputs: {}, title: undefined, builtIn: true };
}
