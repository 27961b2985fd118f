/** What a message holds besides its intent, for people: what is found in it, which questions that answers, which categories it names. */
import type { JsonObject } from '@hazir/core';
import { isJsonObject, textProperty } from '@hazir/core';
import type { CompiledPack } from '@hazir/flow';
import { type Entity, extractEntities } from '@hazir/language';
import type { LoadedPack } from '@hazir/runtime';

/** Kinds of "ask" that an entity answers. */
const ANSWERED: Readonly<Partial<Record<Entity['kind'], readonly string[]>>> = {
  pin: ['pin', 'place'],
  mobile: ['phone'],
  date: ['date'],
  amount: ['number'],
  reference: ['text'],
};

export interface HeardThing {
  kind: Entity['kind'];
  value: string | number;
  /** Questions of the flows, as flow/node, that are not asked then. */
  answers: string[];
}

/** Entities of a text, with the questions of these flows and of what they run that listen for them. */
export function heardIn(text: string, pack: CompiledPack, flows: readonly string[]): HeardThing[] {
  const questions = [...reachable(pack, flows)].flatMap((flow) =>
    [...(pack.flows.get(flow)?.nodes.values() ?? [])].flatMap(({ name, listens }) =>
      listens === undefined ? [] : [{ place: `${flow}/${name}`, ...listens }],
    ),
  );
  const forms = [...new Set(questions.flatMap(({ form }) => (form === undefined ? [] : [form])))];
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: pack.timeZone }).format(Date.now());
  const references = forms.map((template) => ({ name: template, template }));
  return extractEntities(text, { today, references }).map((entity) => ({
    ...{ kind: entity.kind, value: entity.value },
    answers: questions
      .filter(({ kinds }) => ANSWERED[entity.kind]?.some((kind) => kinds.includes(kind)))
      .map(({ place }) => place),
  }));
}

function reachable(pack: CompiledPack, flows: readonly string[]): Set<string> {
  const found = new Set(flows);
  for (const flow of found)
    for (const { runs } of pack.flows.get(flow)?.nodes.values() ?? []) if (runs !== undefined) found.add(runs);
  return found;
}

/** Codes of the categories that the words suggest, where the pack takes service requests. */
export async function suggestedFor(text: string, { pack, operations }: LoadedPack): Promise<string[]> {
  const suggest = operations.get('serviceRequests.suggest');
  if (suggest === undefined) return [];
  const subject = { id: '', organizationId: 0, contactId: '', conversationId: '', language: pack.defaultLanguage };
  const nothing = { query: () => Promise.reject(new Error('no database here')) };
  const input: JsonObject = { text: text.slice(0, 4_096) };
  const context = { tx: nothing, subject, now: new Date(), newId: () => '', random: () => 0 };
  const result = await suggest.run(input, context);
  const list = result.ok && Array.isArray(result.value) ? result.value : [];
  return list.flatMap((one) => (isJsonObject(one) ? (textProperty(one, 'code') ?? []) : []));
}
