/** Compares what was sent with what a conversation expects, and says each difference in a sentence. */
import type { Choice, Json, OutboundContent, OutboundMessage } from '@hazir/core';
import { normalize } from '@hazir/language';
import type { Session } from '../contract.ts';
import type { CompiledPack } from '../pack/compiled.ts';
import { commandOfChoice, openedByChoice, parseChoiceId } from '../step/choice-id.ts';
import type { LocalizedText } from '../texts/localized.ts';
import { saysMessage } from '../texts/says-message.ts';
import type { Expectation } from './parse.ts';

export interface MatchAbout {
  pack: CompiledPack;
  /** Language of the conversation at this step. */
  language: string;
  /** Pieces captured by earlier steps, by name. */
  captured?: { [name: string]: string };
  /** Where it is known: `state` and `saves` are compared with it, and left out otherwise. Null: at rest. */
  session?: Session | null;
}

export interface StepMatch {
  /** Empty when everything is as expected. */
  mismatches: string[];
  /** Earlier pieces and those of this step. */
  captured: { [name: string]: string };
}

/** Compares one `hazir` step with all messages that were sent since the citizen's last act. */
export function matchConversationStep(expected: Expectation, sent: readonly OutboundMessage[], about: MatchAbout): StepMatch {
  const contents = sent.map(({ content }) => content);
  const said = contents
    .map(textIn)
    .filter((text) => text !== '')
    .join('\n');
  const captured = { ...about.captured };
  const mismatches = [
    ...nothing(expected, contents, said),
    ...texts(expected, said, about),
    ...words(expected, said, captured),
    ...options(
      expected.options?.map((option) => fillCaptured(String(option), captured)),
      contents,
      said,
    ),
    ...attachments(expected, contents),
    ...capture(expected, said, captured),
    ...state(expected, about.session),
  ];
  return { mismatches, captured };
}

/** Replaces {name} by what an earlier step captured. */
export function fillCaptured(text: string, captured: { [name: string]: string }): string {
  return text.replace(/\{([a-z][A-Za-z0-9]*)\}/g, (whole, name: string) => captured[name] ?? whole);
}

/** The option that a tap means: by label, by id or by the last part of the id, in the newest message that has it. */
export function findTappedChoice(option: string, sent: readonly OutboundMessage[]): Choice | undefined {
  for (const { content } of sent.toReversed()) {
    const choices = content.type === 'choice' ? content.choices : [];
    const found = choices.find((choice) => names(choice, option));
    if (found !== undefined) return found;
  }
  return undefined;
}

function names({ id, label }: Choice, option: string): boolean {
  return id === option || optionOf(id) === option || normalize(label) === normalize(option);
}

function optionOf(id: string): string {
  return parseChoiceId(id)?.option ?? commandOfChoice(id) ?? openedByChoice(id)?.flow ?? id;
}

function textIn(content: OutboundContent): string {
  if (content.type === 'media') return content.caption ?? '';
  if (content.type === 'choice')
    return [content.header, content.text, content.footer].filter((part) => part !== undefined).join('\n');
  if (content.type === 'template') return content.parameters.join('\n');
  return 'text' in content ? content.text : '';
}

function nothing(expected: Expectation, contents: readonly OutboundContent[], said: string): string[] {
  if (expected.none === true) return contents.length === 0 ? [] : [`Nothing should be said, but it was: ${quote(said)}`];
  return contents.length > 0 ? [] : ['Something should be said, but nothing was.'];
}

function texts(expected: Expectation, said: string, { pack, language }: MatchAbout): string[] {
  return [expected.text ?? []].flat().flatMap((key) => {
    const text = findText(key, pack);
    if (text === undefined) return [`The pack has no text "${key}".`];
    const message = text.byLanguage.get(language) ?? text.byLanguage.get(pack.defaultLanguage);
    if (message !== undefined && saysMessage(message.source, said)) return [];
    return [`The text "${key}" in "${language}" should be said (${quote(message?.source ?? '')}), but it was: ${quote(said)}`];
  });
}

function findText(key: string, pack: CompiledPack): LocalizedText | undefined {
  if (key.startsWith('hazir.')) return pack.platform.get(key.slice('hazir.'.length));
  return pack.texts.get(key) ?? pack.texts.get(`${key}.text`);
}

function words(expected: Expectation, said: string, captured: { [name: string]: string }): string[] {
  const folded = normalize(said);
  const has = (part: string): boolean => said.includes(part) || folded.includes(normalize(part));
  const filled = (parts: string | string[] | undefined): string[] =>
    [parts ?? []].flat().map((part) => fillCaptured(part, captured));
  return [
    ...filled(expected.contains)
      .filter((part) => !has(part))
      .map((part) => `${quote(part)} should be said, but it was: ${quote(said)}`),
    ...filled(expected.lacks)
      .filter(has)
      .map((part) => `${quote(part)} should not be said, but it was: ${quote(said)}`),
  ];
}

function options(wanted: readonly string[] | undefined, contents: readonly OutboundContent[], said: string): string[] {
  if (wanted === undefined) return [];
  const choices = contents.flatMap((content) => (content.type === 'choice' ? content.choices : []));
  const shown = choices.filter(
    ({ id }) => !optionOf(id).startsWith('+') && (commandOfChoice(id) === undefined || wanted.includes(optionOf(id))),
  );
  if (choices.length === 0) return numbered(wanted, said);
  const same = shown.length === wanted.length && shown.every((choice, index) => names(choice, wanted[index] ?? ''));
  return same
    ? []
    : [`The options should be ${wanted.join(' | ')}, but they were ${shown.map(({ label }) => label).join(' | ')}`];
}

/** Options that a channel could only show as numbered lines. */
function numbered(wanted: readonly string[], said: string): string[] {
  const lines = said.split('\n').map((line) => normalize(line));
  const missing = wanted.filter((label, index) => !lines.some((line) => line.startsWith(normalize(`${index + 1}. ${label}`))));
  return missing.length === 0 ? [] : [`The options ${missing.join(' | ')} should be offered, but it was said: ${quote(said)}`];
}

function attachments(expected: Expectation, contents: readonly OutboundContent[]): string[] {
  const has = (type: OutboundContent['type']): boolean => contents.some((content) => content.type === type);
  const hasMedia = (media: string): boolean => contents.some((content) => content.type === 'media' && content.media === media);
  const link = contents.find((content) => content.type === 'link');
  const { template } = expected;
  const found = [
    differs('A contact card', expected.contact, has('contacts')),
    differs('A map pin', expected.location, has('location')),
    differs('A photo', expected.photo, hasMedia('image')),
    differs('A document', expected.document, hasMedia('document')),
    differs('A request for the location', expected.offers === 'location' ? true : undefined, has('location_request')),
    differs('A request for the phone number', expected.offers === 'contact' ? true : undefined, has('contact_request')),
    differs('A link', expected.link === undefined ? undefined : expected.link !== false, link !== undefined),
    typeof expected.link === 'string' && link !== undefined && !link.url.includes(expected.link)
      ? `The link should hold ${quote(expected.link)}, but it is ${quote(link.url)}`
      : undefined,
    template !== undefined && !contents.some((content) => content.type === 'template' && content.name === template)
      ? `The template "${template}" should be sent, but was not.`
      : undefined,
  ];
  return found.filter((sentence) => sentence !== undefined);
}

function differs(what: string, wanted: boolean | undefined, actual: boolean): string | undefined {
  if (wanted === undefined || wanted === actual) return undefined;
  return wanted ? `${what} should be sent, but was not.` : `${what} should not be sent, but was.`;
}

function capture(expected: Expectation, said: string, captured: { [name: string]: string }): string[] {
  return Object.entries(expected.capture ?? {}).flatMap(([name, pattern]) => {
    const found = findPattern(pattern, said);
    if (found === undefined) return [`Something like ${pattern} should be said, but it was: ${quote(said)}`];
    captured[name] = found;
    return [];
  });
}

/** The first place where the pattern fits: # is a digit, ? a letter or digit, anything else itself. No expression engine. */
function findPattern(pattern: string, text: string): string | undefined {
  const wanted = [...pattern];
  const letters = [...text];
  const fits = (letter: string | undefined, sign: string): boolean => {
    if (letter === undefined) return false;
    if (sign === '#') return /^[0-9]$/.test(letter);
    return sign === '?' ? /^[\p{L}\p{N}]$/u.test(letter) : letter === sign;
  };
  for (let start = 0; start + wanted.length <= letters.length; start += 1) {
    if (wanted.every((sign, index) => fits(letters[start + index], sign)))
      return letters.slice(start, start + wanted.length).join('');
  }
  return undefined;
}

function state(expected: Expectation, session: Session | null | undefined): string[] {
  if (session === undefined) return [];
  const frame = session?.stack.at(-1);
  const { flow, node, resting } = expected.state ?? {};
  return [
    ...compare('The flow', flow, frame?.flow),
    ...compare('The node', node, frame?.node),
    ...compare('Resting', resting, resting === undefined ? undefined : session === null),
    ...Object.entries(expected.saves ?? {}).flatMap(([name, value]) =>
      compare(`The value "${name}"`, value, frame?.values[name]),
    ),
  ];
}

function compare(what: string, wanted: Json | undefined, actual: Json | undefined): string[] {
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(actual)) return [];
  return [`${what} should be ${JSON.stringify(wanted)}, but is ${JSON.stringify(actual ?? null)}`];
}

function quote(text: string): string {
  return `“${text.length > 300 ? `${text.slice(0, 300)}…` : text}”`;
}
