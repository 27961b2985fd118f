/** Builds small packs and talks to them: what the tests of this package share. */
import type { ChannelCapabilities, InboundContent, OperationSignature, OutboundContent } from '@hazir/core';
import type { EngineEvent, Input, Session, StepContext, StepResult } from '../contract.ts';
import { compilePack } from '../pack/compile.ts';
import type { CompiledPack } from '../pack/compiled.ts';
import { step } from '../step/step.ts';

/** WhatsApp's limits. */
export const WHATSAPP: ChannelCapabilities = {
  text: 4096,
  choiceText: 1024,
  buttons: { most: 3, label: 20 },
  list: { most: 10, label: 24, detail: 72, openLabel: 20 },
  header: 60,
  footer: 60,
  caption: 1024,
  mediaBytes: { image: 5e6, video: 16e6, audio: 16e6, voice: 16e6, document: 1e8 },
  locationRequest: true,
  contactRequest: true,
  templates: true,
};

/** A channel that knows nothing but text, like SMS. */
export const PLAIN: ChannelCapabilities = {
  ...WHATSAPP,
  buttons: { most: 0, label: 0 },
  list: { most: 0, label: 0, detail: 0, openLabel: 0 },
  locationRequest: false,
  contactRequest: false,
  templates: false,
};

export const START_OF_TIME = Date.UTC(2026, 0, 15, 6, 0);

/** Files of a pack by path, from the least that a test has to write. */
export function packFiles(files: { [path: string]: string }, languages: readonly string[] = ['en']): Map<string, string> {
  const names = languages.map((language) => `${language}: Test`).join(', ');
  const manifest = `id: test\nname: { ${names} }\nlanguages: [${languages.join(', ')}]\ndefaultLanguage: ${languages[0]}\nentry: main\n`;
  const all = new Map(Object.entries(files));
  all.set('pack.yaml', `${manifest}${files['pack.yaml'] ?? ''}`);
  for (const language of languages) if (!all.has(`texts/${language}.yaml`)) all.set(`texts/${language}.yaml`, '');
  return all;
}

export interface TestPack {
  files: { [path: string]: string };
  languages?: readonly string[];
  operations?: readonly OperationSignature[];
  version?: string;
}

/** Compiles or throws with every error listed. */
export function compileTestPack({ files, languages, operations = [], version = '1' }: TestPack): CompiledPack {
  const source = { id: 'test', version, files: packFiles(files, languages) };
  const { pack, problems } = compilePack(source, { operations, channels: { whatsapp: WHATSAPP } });
  if (pack === undefined)
    throw new Error(problems.map((each) => `${each.file}:${each.line} ${each.code} ${each.message}`).join('\n'));
  return pack;
}

export interface Talk {
  /** What was sent in answer. */
  say: (text: string) => OutboundContent[];
  send: (content: InboundContent) => OutboundContent[];
  /** Taps the option with this label of the last message that had it. */
  tap: (label: string) => OutboundContent[];
  give: (input: Input) => OutboundContent[];
  pass: (milliseconds: number) => void;
  session: () => Session | undefined;
  /** Id of the call that was asked for last. */
  callId: () => string;
  last: () => StepResult;
  events: () => EngineEvent[];
  context: StepContext;
}

/** Starts a conversation with a pack. */
export function talkTo(pack: CompiledPack, changes: Partial<StepContext> = {}): Talk {
  let session: Session | undefined;
  let last: StepResult = { session: undefined, events: [] };
  let count = 0;
  let callId = '';
  const nextId = (prefix: string): string => {
    count += 1;
    return `${prefix}-${count}`;
  };
  const all: EngineEvent[] = [];
  const context: StepContext = {
    current: pack,
    packOf: (version) => (version === pack.version ? pack : undefined),
    contact: { id: 'c1', language: pack.defaultLanguage },
    capabilities: WHATSAPP,
    now: START_OF_TIME,
    newId: () => nextId('id'),
    random: () => 0.5,
    ...changes,
  };
  const give = (input: Input): OutboundContent[] => {
    last = step(session, input, context);
    session = last.session;
    callId = last.call?.id ?? callId;
    all.push(...last.events);
    for (const event of last.events)
      if (event.type === 'language_changed') context.contact = { ...context.contact, language: event.language };
    return contentsOf(last.events);
  };
  const send = (content: InboundContent): OutboundContent[] => give({ type: 'message', content, messageId: nextId('m') });
  const tap = (label: string): OutboundContent[] => {
    const choices = contentsOf(all).flatMap((content) => (content.type === 'choice' ? content.choices : []));
    const choice = choices.findLast((each) => each.label === label);
    if (choice === undefined) throw new Error(`No option "${label}" among ${choices.map((each) => each.label).join(', ')}`);
    return send({ type: 'choice', id: choice.id, label, source: 'button' });
  };
  return {
    say: (text) => send({ type: 'text', text }),
    send,
    tap,
    give,
    pass: (milliseconds) => {
      context.now += milliseconds;
    },
    session: () => session,
    callId: () => callId,
    last: () => last,
    events: () => all,
    context,
  };
}

/** The messages among events. */
export function contentsOf(events: readonly EngineEvent[]): OutboundContent[] {
  return events.flatMap((event) => (event.type === 'message_created' ? [event.message.content] : []));
}

/** A message as one line that a test can compare: its text, then its options. */
export function lineOf(content: OutboundContent): string {
  if (content.type === 'text') return content.text;
  if (content.type === 'choice') return `${content.text} [${content.choices.map(({ label }) => label).join(' | ')}]`;
  if (content.type === 'location_request' || content.type === 'contact_request') return `${content.text} <${content.type}>`;
  if (content.type === 'link') return `${content.text} [${content.label} -> ${content.url}]`;
  if (content.type === 'location') return `<pin ${content.latitude},${content.longitude}>`;
  if (content.type === 'contacts') return `<contact ${content.contacts.map(({ name }) => name).join(', ')}>`;
  if (content.type === 'media') return `<${content.media}>${content.caption ?? ''}`;
  return `<${content.type}>`;
}
