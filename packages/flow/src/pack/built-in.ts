/** Flows that every pack has without writing them. */
import { languageParts } from '../nodes/language/node.ts';
import type { CompiledFlow } from '../nodes/node-type.ts';
import { offerParts } from './offer.ts';
import { switchParts } from './switch.ts';

/** Where the card for somebody in danger comes from: no flow that could be opened, but a place that reports can count. */
export const DANGER_FLOW = '=danger';

/** Id of the flow behind the command "language"; no pack's flow can be called so, for its sign. */
export const LANGUAGE_FLOW = '=language';

/** The flow that asks for a language and then lets the interrupted question be asked again. */
export function languageFlow(languages: readonly string[]): CompiledFlow {
  const parts = languageParts({ always: true, languages });
  const node = { ...parts, name: 'ask', verb: 'language', next: undefined, exits: [] };
  return { id: LANGUAGE_FLOW, nodes: new Map([['ask', node]]), first: 'ask', inputs: {}, title: undefined, builtIn: true };
}

/** Id of the flow that asks which of a few flows a message meant; its value `flows` names them. */
export const OFFER_FLOW = '=offer';

/** The flow that offers flows as options; `flows` are those of the pack. */
export function offerFlow(flows: ReadonlyMap<string, CompiledFlow>): CompiledFlow {
  const node = { ...offerParts(flows), name: 'ask', verb: 'choose', next: undefined, exits: [] };
  return { id: OFFER_FLOW, nodes: new Map([['ask', node]]), first: 'ask', inputs: {}, title: undefined, builtIn: true };
}

/** Id of the flow that asks, on top of an open question, whether another flow is wanted; its value `flow` names it. */
export const SWITCH_FLOW = '=switch';

/** The flow that offers to leave a question for a while; `flows` are those of the pack. */
export function switchFlow(flows: ReadonlyMap<string, CompiledFlow>): CompiledFlow {
  const node = { ...switchParts(flows), name: 'ask', verb: 'choose', next: undefined, exits: [] };
  return { id: SWITCH_FLOW, nodes: new Map([['ask', node]]), first: 'ask', inputs: {}, title: undefined, builtIn: true };
}
