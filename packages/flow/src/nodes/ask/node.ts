import type { InboundContent, Json } from '@hazir/core';
import { normalize, referenceTemplateProblem } from '@hazir/language';
import { z } from 'zod';
import type { ValueType } from '../../expressions/value-type.ts';
import { SKIP_WORDS } from '../../locales/words.ts';
import { parseChoiceId } from '../../step/choice-id.ts';
import { hear } from '../../step/heard.ts';
import { spokenIn, type Turn } from '../../step/turn.ts';
import type { LocalizedText } from '../../texts/localized.ts';
import { go, goesTo, nodeName, save, withValues, yields } from '../fields.ts';
import { type AskMode, type CompiledParts, type CompileScope, defineNode, type Outcome, type Received } from '../node-type.ts';
import { commandOption, plainOption, showOptions } from '../show-options.ts';
import { KINDS, type Kind, type Reading, type ReadLimits, type Refusal } from './kinds.ts';
import { LISTENING, listen } from './listen.ts';

const kind = z.enum(['text', 'number', 'date', 'pin', 'phone', 'location', 'place', 'photo', 'document', 'voice']);

const schema = z
  .strictObject({
    ask: nodeName,
    kind: kind.optional().describe('What is asked for; text when absent. `place` is a shared location or a PIN code.'),
    accept: z
      .array(kind)
      .min(2)
      .max(4)
      .optional()
      .describe('Several kinds, any of which answers; the value then has one field for each.'),
    with: withValues,
    save,
    required: z.boolean().optional().describe('False: the citizen may skip it, the value is then unset.'),
    min: z.union([z.number(), z.string()]).optional().describe('Least number, or first date: 2025-01-31, today, today-30d.'),
    max: z.union([z.number(), z.string()]).optional().describe('Greatest number, or last date.'),
    minLength: z.int().min(1).max(4096).optional().describe('Least letters of a text.'),
    maxLength: z.int().min(1).max(4096).optional().describe('Most letters of a text; 1000 when absent.'),
    decimals: z.boolean().optional().describe('True: a number may have decimals.'),
    heard: z
      .union([z.literal(true), goesTo])
      .optional()
      .describe(
        'Not asked when the citizen has written it already, when opening the flow or in answer to a text before: a PIN code, place, phone number, date, amount, or a number of the `form`. A name is what follows then.',
      ),
    names: z
      .literal(true)
      .optional()
      .describe(
        'For kind place: words that name a place of the pack are an answer too, saved as `{ name }`; give it to an operation of the directory.',
      ),
    form: z
      .string()
      .optional()
      .describe(
        'Form of the number that a text asks for, for example MUM-####-####: # a digit, @ a letter, * either. It is found among other words; a text that lacks more than one of its digits is no answer.',
      ),
    yields,
    go,
  })
  .describe('Asks for one thing, checks it, and asks a second time more helpfully when it was not understood.');

type Source = z.infer<typeof schema>;

const SKIP = 'skip';
/** UTF-16 units of a place in words that are kept. */
const LONGEST_NAME = 500;

/**
 * Asks for one thing. A wrong answer gets the text `retry`, or the platform's for its kind: it says what is wanted, with
 * an example. After two misses a menu and a person are offered beside it.
 *
 * @example
 * ```yaml
 * - ask: what
 *   accept: [photo, text]
 *   save: what
 * - ask: where
 *   kind: place
 *   save: where
 * - ask: since
 *   kind: date
 *   max: today
 *   required: false
 *   save: since
 * ```
 */
export const askNode = defineNode({ verb: 'ask', named: true, schema, saves, compile });

function kindsOf({ kind: one, accept }: Source): Kind[] {
  return accept ?? [one ?? 'text'];
}

function saves(source: Source): { [name: string]: ValueType } {
  if (source.save === undefined) return {};
  const [only, ...more] = kindsOf(source);
  if (only !== undefined && more.length === 0) return { [source.save]: KINDS[only].type(source) };
  return { [source.save]: { fields: Object.fromEntries(kindsOf(source).map((each) => [each, KINDS[each].type(source)])) } };
}

function compile(source: Source, scope: CompileScope): CompiledParts | undefined {
  if (source.kind !== undefined && source.accept !== undefined) {
    scope.problem('flow:ask-kind', 'An ask has either "kind" or "accept"', { path: ['accept'], hint: 'Remove one of them.' });
  }
  const given = scope.expressions(source.with, 'with');
  const text = scope.text('text', { required: true, limit: ({ choiceText }) => choiceText });
  const retry = scope.text('retry', { limit: ({ choiceText }) => choiceText });
  const values = scope.placeholders(text, given);
  const retryValues = scope.placeholders(retry, given);
  checkLimits(source, scope);
  checkHeard(source, scope);
  checkNames(source, scope);
  const goHeard = typeof source.heard === 'string' ? scope.target(source.heard, ['heard']) : undefined;
  if (text === undefined) return undefined;
  const kinds = kindsOf(source);
  const textIn = (turn: Turn, which: LocalizedText): string =>
    turn.text(which, turn.evaluateAll(which === text ? values : retryValues));
  const ask = (turn: Turn, mode: AskMode, refusal?: Refusal): void => {
    // The question itself shows what a number of its form looks like.
    const again =
      retry === undefined && source.form === undefined
        ? platformRetry(turn, refusal ?? { text: KINDS[kinds[0] ?? 'text'].retry })
        : textIn(turn, retry ?? text);
    const question = mode === 'first' || mode === 'exits' ? textIn(turn, text) : again;
    post(turn, mode === 'stuck' ? `${turn.platform('stuck')}\n\n${question}` : question, {
      source,
      kinds,
      stuck: mode === 'stuck' || mode === 'exits',
    });
  };
  return {
    waits: true,
    ...(source.yields === true && { yields: true }),
    ...(source.heard !== undefined && { listens: { kinds, form: source.form } }),
    ...(goHeard !== undefined && { exits: [goHeard] }),
    run(turn) {
      if (source.heard !== undefined && takeHeard(turn, { source, kinds }))
        return goHeard === undefined ? { type: 'next' } : { type: 'go', target: goHeard };
      ask(turn, 'first');
      return { type: 'wait', waiting: { for: 'input' } };
    },
    ask: (turn, mode) => ask(turn, mode, mode === 'first' || mode === 'exits' ? undefined : refusalOf(turn, kinds, source)),
    receive: (turn, content) => receive(turn, content, { source, kinds }),
    ...(source.names === true && { takeName: (turn: Turn, words: string) => takeName(turn, words, { source, kinds }) }),
  };
}

function receive(turn: Turn, content: InboundContent, { source, kinds }: { source: Source; kinds: readonly Kind[] }): Received {
  if (source.required === false && skips(turn, content)) {
    turn.save(source.save, null);
    return { type: 'next' };
  }
  // What was said is kept beside its words, where both answer.
  const voice = kinds.includes('voice') ? spokenIn(turn.input) : undefined;
  for (const each of voice === undefined ? kinds : (['voice'] as const)) {
    const reading = KINDS[each].read(voice ?? content, readLimits(turn, source));
    if (reading === undefined || 'text' in reading) continue;
    if (each === 'text' && typeof reading.value === 'string') hear(turn, reading.value);
    turn.save(source.save, kinds.length === 1 ? reading.value : combined(each, reading.value, kinds));
    return { type: 'next' };
  }
  return { type: 'miss', kind: content.type };
}

function takeName(turn: Turn, words: string, { source, kinds }: { source: Source; kinds: readonly Kind[] }): Outcome {
  const value = { name: words.slice(0, LONGEST_NAME).toWellFormed().trim() };
  turn.save(source.save, kinds.length === 1 ? value : combined('place', value, kinds));
  return { type: 'next' };
}

function takeHeard(turn: Turn, { source, kinds }: { source: Source; kinds: readonly Kind[] }): boolean {
  const found = listen(turn, { kinds, limits: readLimits(turn, source), form: source.form, names: source.names === true });
  if (found === undefined) return false;
  turn.save(source.save, kinds.length === 1 ? found.value : combined(found.kind, found.value, kinds));
  return true;
}

/** A photo's caption, or what a voice message says, answers for a text that would have been accepted too. */
function combined(kindRead: Kind, value: Json, kinds: readonly Kind[]): Json {
  const caption = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.caption : undefined;
  return {
    [kindRead]: value,
    ...(kindRead !== 'text' && kinds.includes('text') && caption !== undefined ? { text: caption } : {}),
  };
}

function skips(turn: Turn, content: InboundContent): boolean {
  if (content.type === 'text') return SKIP_WORDS.has(normalize(content.text));
  const place = content.type === 'choice' ? parseChoiceId(content.id) : undefined;
  return place?.flow === turn.frame().flow && place.node === turn.frame().node && place.option === SKIP;
}

/** Why the last answer was refused, read again from the input, so that nothing of it has to be kept. */
function refusalOf(turn: Turn, kinds: readonly Kind[], source: Source): Refusal | undefined {
  if (turn.input.type !== 'message' || kinds.length > 1) return undefined;
  const reading: Reading = KINDS[kinds[0] ?? 'text'].read(turn.input.content, readLimits(turn, source));
  return reading !== undefined && 'text' in reading ? reading : undefined;
}

function readLimits(turn: Turn, source: Source): ReadLimits {
  const messageId = turn.input.type === 'message' ? turn.input.messageId : '';
  return { ...source, messageId, now: turn.context.now, timeZone: turn.pack.timeZone, languages: turn.pack.languages };
}

function platformRetry(turn: Turn, { text, values }: Refusal): string {
  return turn.platform(text, values);
}

/** One bubble: a request for a location or a phone number where the channel has one, buttons to skip or get out, or text. */
function post(
  turn: Turn,
  text: string,
  { source, kinds, stuck }: { source: Source; kinds: readonly Kind[]; stuck: boolean },
): void {
  const { capabilities } = turn.context;
  const skippable = source.required === false;
  const wantsPlace = kinds.includes('location') || kinds.includes('place');
  const hinted = skippable ? `${text}\n\n${turn.platform('skip_hint')}` : text;
  if (!stuck && wantsPlace && capabilities.locationRequest) {
    turn.post({ type: 'location_request', text: hinted });
    return;
  }
  if (!stuck && kinds.includes('phone') && capabilities.contactRequest) {
    turn.post({ type: 'contact_request', text: hinted });
    return;
  }
  const options = [
    ...(skippable ? [plainOption(SKIP, turn.platform('skip'))] : []),
    ...(stuck ? [commandOption(turn, 'menu'), commandOption(turn, 'person')] : []),
  ];
  if (options.length === 0) turn.post({ type: 'text', text });
  else if (capabilities.buttons.most < options.length) turn.post({ type: 'text', text: hinted });
  else showOptions(turn, { text, options, listLabel: turn.platform('choose') });
}

function checkLimits(source: Source, scope: CompileScope): void {
  const isDate = source.kind === 'date';
  for (const field of ['min', 'max'] as const) {
    const limit = source[field];
    if (limit === undefined) continue;
    if (isDate !== (typeof limit === 'string') || (source.kind !== 'number' && !isDate)) {
      scope.problem('flow:ask-limit', `"${field}" is a number for kind number, and a date in quotes for kind date`, {
        path: [field],
      });
    } else if (typeof limit === 'string' && !/^(\d{4}-\d{2}-\d{2}|today([+-]\d{1,4}d)?)$/.test(limit)) {
      scope.problem('flow:ask-limit', `"${limit}" is no date`, {
        path: [field],
        hint: 'For example 2025-01-31, today, today-30d.',
      });
    }
  }
}

function checkNames(source: Source, scope: CompileScope): void {
  if (source.names === undefined || kindsOf(source).includes('place')) return;
  scope.problem('flow:ask-names', 'Only a place is found by its name', {
    path: ['names'],
    hint: 'Remove it, or ask for kind: place.',
  });
}

function checkHeard(source: Source, scope: CompileScope): void {
  const wrongForm = source.form === undefined ? undefined : referenceTemplateProblem(source.form);
  if (wrongForm !== undefined) {
    scope.problem('flow:ask-heard', `"${source.form}" is no form of a number: ${wrongForm}`, {
      path: ['form'],
      hint: 'For example MUM-####-####: # a digit, @ a letter, * either, anything else itself.',
    });
  }
  if (source.heard === undefined) return;
  const able = kindsOf(source).some((each) => LISTENING.has(each) && (each !== 'text' || source.form !== undefined));
  if (able) return;
  scope.problem('flow:ask-heard', 'Nothing that this asks for can be heard in other words', {
    path: ['heard'],
    hint: `Kinds: ${[...LISTENING].join(', ')}; a text needs a "form".`,
  });
}
