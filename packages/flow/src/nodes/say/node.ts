import type { InboundContent, Json, TemplateMessage } from '@hazir/core';
import { z } from 'zod';
import type { ValueType } from '../../expressions/value-type.ts';
import { MISSES_UNTIL_HELP, MOST_OPTIONS } from '../../limits.ts';
import { commandOfChoice, parseChoiceId } from '../../step/choice-id.ts';
import { matchChoice, matchLabel, matchPrefix } from '../../step/match-choice.ts';
import { type Turn, textOf } from '../../step/turn.ts';
import { expressionOrValue, go, goesTo, nodeName, withValues } from '../fields.ts';
import { type AskMode, type CompiledParts, type CompileScope, defineNode, type Received } from '../node-type.ts';
import { type Option, showOptions, visibleOptions } from '../show-options.ts';
import { compileAttachments } from './attachments.ts';
import { compileFallback } from './fallback.ts';
import { compileThen, type ThenButtons } from './then.ts';

/** What a list of lines cannot carry. */
const EXTRAS = ['media', 'link', 'then', 'fallback'] as const;

const schema = z
  .strictObject({
    say: nodeName,
    with: withValues,
    each: z.string().optional().describe('CEL: a list; the text is said once for each item, read as `item`, a line each.'),
    media: z
      .strictObject({
        kind: z.enum(['image', 'video', 'audio', 'document']).describe('Kind of the file.'),
        source: z
          .string()
          .describe('CEL: an https address, a stored file { hash, mimeType }, or one that a service makes { made, mimeType }.'),
        fileName: z.string().optional().describe('CEL: name under which a document is shown.'),
      })
      .optional()
      .describe('A file; the text becomes its caption.'),
    attach: z
      .strictObject({
        location: z.string().optional().describe('CEL: { latitude, longitude, name, address }; sent as a map pin.'),
        contact: z.string().optional().describe('CEL: { name, phones: [{ phone }] } or a list of them; sent as contact cards.'),
      })
      .optional()
      .describe('Sent after the text as messages of their own; what is unset is left out.'),
    link: z.string().optional().describe('CEL: an https address behind a button; its label is the text `link`.'),
    // biome-ignore lint/suspicious/noThenProperty: the word an author reads; a schema is never awaited
    then: z
      .array(
        z.union([
          goesTo,
          z.strictObject({ flow: z.string().describe('CEL: id of a flow; no button where it is none.') }),
          z.strictObject({
            open: z.string().describe('A flow with inputs: the button carries them, and opens it whenever it is tapped.'),
            with: withValues,
          }),
        ]),
      )
      .min(1)
      .max(10)
      .optional()
      .describe('Buttons that open flows, or go to nodes of this flow.'),
    fallback: z
      .strictObject({
        template: z.string().describe('Name of the template.'),
        with: z.record(z.string(), expressionOrValue).optional().describe('Its parameters by name, each a CEL expression.'),
      })
      .optional()
      .describe('Template that is sent instead when the service window has closed.'),
    go,
  })
  .refine(({ each, ...others }) => each === undefined || EXTRAS.every((extra) => others[extra] === undefined), {
    path: ['each'],
    error: `goes without ${EXTRAS.join(', ')}`,
  })
  .describe('Says something: a text, a file, a link, a map pin, a contact card.');

type Source = z.infer<typeof schema>;

/**
 * Says something. With `then` the message carries buttons and the conversation rests there; without, it goes on and the
 * text joins the question that follows, so that the citizen gets one bubble.
 *
 * @example
 * ```yaml
 * - say: welcome
 *   with: { name: '"Asha"' }
 *   then: [report, menu]
 * ```
 */
export const sayNode = defineNode({ verb: 'say', named: true, schema, compile });

function compile(source: Source, scope: CompileScope): CompiledParts | undefined {
  const list = compileList(source.each, scope);
  const given = scope.expressions(source.with, 'with', list?.item);
  const limit = source.link === undefined && source.then === undefined ? 'text' : 'choiceText';
  const text = scope.text('text', { required: true, limit: (capabilities) => capabilities[limit] });
  const values = scope.placeholders(text, given);
  const linkLabel =
    source.link === undefined ? undefined : scope.text('link', { required: true, limit: ({ buttons }) => buttons.label });
  const link = source.link === undefined ? undefined : scope.expression(source.link, { path: ['link'], expected: 'string' });
  const attachments = compileAttachments(source, scope);
  const fallback = compileFallback(source.fallback, scope);
  const buttons = compileThen(source.then, scope, given);
  if (source.link !== undefined && source.then !== undefined) {
    scope.problem('flow:link-and-then', 'A message carries either a link or buttons', {
      hint: 'Say the link in a node of its own.',
    });
  }
  if (text === undefined) return undefined;
  const line = (turn: Turn, item?: Json): string => turn.text(text, turn.evaluateAll(values, item));
  const body = (turn: Turn): string => (list === undefined ? line(turn) : linesOf(list.items(turn), (item) => line(turn, item)));
  const plain = (turn: Turn): void => {
    if (list !== undefined && list.items(turn).length === 0) {
      attachments.after(turn);
      return;
    }
    const captioned = attachments.media(turn, body(turn), fallback(turn));
    if (!captioned && link === undefined) turn.post({ type: 'text', text: body(turn) }, fallback(turn));
    if (link !== undefined && linkLabel !== undefined)
      postLink(turn, { text: body(turn), url: turn.evaluate(link), label: turn.text(linkLabel), fallback: fallback(turn) });
    attachments.after(turn);
  };
  if (buttons === undefined)
    return {
      waits: false,
      run: (turn) => {
        plain(turn);
        return { type: 'next' };
      },
    };
  const ask = (turn: Turn, mode: AskMode): void => {
    if (mode === 'first') attachments.media(turn);
    const lead = mode === 'first' ? '' : `${turn.platform(mode === 'stuck' ? 'stuck' : 'retry_choice')}\n\n`;
    const options = visibleOptions(turn, buttons.list(turn), mode === 'stuck');
    const template = mode === 'first' ? fallback(turn) : undefined;
    showOptions(turn, { text: lead + body(turn), options, listLabel: turn.platform('choose'), fallback: template });
    if (mode === 'first') attachments.after(turn);
  };
  return {
    waits: true,
    rests: true,
    opens: buttons.opens,
    exits: buttons.targets,
    run(turn) {
      ask(turn, 'first');
      return { type: 'wait', waiting: { for: 'input' } };
    },
    ask,
    claims: (turn, said) => matchLabel(said, buttons.list(turn)) !== undefined,
    receive: (turn, content) => receive(turn, content, buttons),
  };
}

interface EachList {
  /** Type of `item`. */
  item: ValueType;
  items: (turn: Turn) => readonly Json[];
}

function compileList(source: string | undefined, scope: CompileScope): EachList | undefined {
  if (source === undefined) return undefined;
  const type = scope.typeOf(source);
  const list = scope.expression(source, { path: ['each'], expected: { list: 'any' } });
  const items = (turn: Turn): readonly Json[] => {
    const value = list === undefined ? null : turn.evaluate(list);
    return Array.isArray(value) ? value.slice(0, MOST_OPTIONS) : [];
  };
  return { item: typeof type === 'object' && 'list' in type ? type.list : 'any', items };
}

function linesOf(items: readonly Json[], line: (item: Json) => string): string {
  return items
    .map(line)
    .filter((each) => each !== '')
    .join('\n');
}

interface LinkPost {
  text: string;
  url: unknown;
  label: string;
  fallback: TemplateMessage | undefined;
}

function postLink(turn: Turn, { text, url, label, fallback }: LinkPost): void {
  if (typeof url === 'string' && url.startsWith('https://')) turn.post({ type: 'link', text, label, url }, fallback);
  else turn.post({ type: 'text', text }, fallback);
}

function receive(turn: Turn, content: InboundContent, buttons: ThenButtons): Received {
  const id = content.type === 'choice' ? parseChoiceId(content.id)?.option : written(turn, content, buttons.list(turn));
  const command = id === undefined ? undefined : commandOfChoice(id);
  if (command !== undefined) return { type: 'command', command };
  const target = id === undefined ? undefined : buttons.target(id);
  return target === undefined ? { type: 'miss', kind: content.type } : { type: 'go', target };
}

function written(turn: Turn, content: InboundContent, options: readonly Option[]): string | undefined {
  const said = content.type === 'text' ? textOf(content) : undefined;
  if (said === undefined) return undefined;
  const visible = visibleOptions(turn, options, turn.session.misses >= MISSES_UNTIL_HELP);
  const index = matchChoice(said, visible) ?? matchPrefix(said, visible);
  return index === undefined ? undefined : visible[index]?.id;
}
