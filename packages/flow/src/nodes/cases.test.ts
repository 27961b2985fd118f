/** Every node type has cases as data and a documented example that runs. The tests walk the registry, so none can be forgotten. */
import { readFileSync } from 'node:fs';
import type { CallResult, InboundContent, Json, OperationSignature } from '@hazir/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EngineEvent, StepContext } from '../contract.ts';
import { compilePack } from '../pack/compile.ts';
import { lineOf, PLAIN, packFiles, talkTo, WHATSAPP } from '../testing/pack.ts';
import { NODE_TYPES } from './index.ts';

interface Case {
  description: string;
  nodes: Json[];
  /** Under the flow "main". */
  texts?: { [key: string]: Json };
  /** Whole text files by language, in place of `texts`. */
  languages?: { [language: string]: Json };
  flows?: { [flow: string]: Json };
  manifest?: { [key: string]: Json };
  operations?: OperationSignature[];
  templates?: Json[];
  channel?: 'plain';
  providers?: NonNullable<StepContext['providers']>;
  /** Codes of the problems that compiling must find; no conversation then. */
  problems?: string[];
  steps?: CaseStep[];
}

interface CaseStep {
  say?: string;
  tap?: string;
  send?: InboundContent;
  answer?: CallResult;
  wait?: number;
  expect?: string[];
  /** Whole messages, where lines do not say enough. */
  messages?: Json[];
  /** The templates that stand in for them, null for those that have none. */
  fallbacks?: Json[];
  call?: Json;
  values?: Json;
  events?: string[];
  session?: 'resting' | 'waiting';
}

describe.each(NODE_TYPES.map((type) => [type.verb] as const))('%s', (verb) => {
  const cases: Case[] = JSON.parse(readFileSync(new URL(`./${verb}/cases.json`, import.meta.url), 'utf8'));
  test.each(cases.map((each) => [each.description, each] as const))('%s', (_, each) => runCase(each));

  test('its documented example compiles and runs', () => {
    const code = readFileSync(new URL(`./${verb}/node.ts`, import.meta.url), 'utf8');
    const example = /@example\n \* ```yaml\n([\s\S]*?) \* ```/.exec(code)?.[1]?.replaceAll(/^ \* ?/gm, '');
    expect(example, 'an @example with yaml').toBeDefined();
    const pack = compileExample(example ?? '');
    const talk = talkTo(pack, { contact: { id: 'c' } });
    talk.say('Hi');
    expect(talk.events().filter(({ type }) => type === 'error_raised')).toEqual([]);
    expect(talk.events().length + (talk.last().call === undefined ? 0 : 1)).toBeGreaterThan(1);
  });
});

function runCase(each: Case): void {
  const { pack, problems } = compileCase(each);
  if (each.problems !== undefined) {
    expect(problems.map(({ code }) => code)).toEqual(each.problems);
    expect(problems.every(({ line, hint }) => line > 0 && (hint ?? '').length >= 0)).toBe(true);
    return;
  }
  if (pack === undefined) throw new Error(problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
  const talk = talkTo(pack, {
    capabilities: each.channel === 'plain' ? PLAIN : WHATSAPP,
    ...(each.providers && { providers: each.providers }),
  });
  for (const [index, one] of (each.steps ?? []).entries()) {
    const before = talk.events().length;
    const sent = takeStep(talk, one);
    const at = `step ${index + 1}`;
    if (one.expect !== undefined) expect(sent.map(lineOf), at).toEqual(one.expect);
    if (one.messages !== undefined) expect(sent, at).toEqual(one.messages);
    if (one.fallbacks !== undefined) expect(fallbacksOf(talk.last().events), at).toEqual(one.fallbacks);
    if (one.call !== undefined) expect(talk.last().call, at).toMatchObject(JSON.parse(JSON.stringify(one.call)));
    if (one.values !== undefined) expect(talk.session()?.stack.at(-1)?.values, at).toEqual(one.values);
    if (one.session !== undefined) expect(talk.session() === undefined ? 'resting' : 'waiting', at).toBe(one.session);
    if (one.events !== undefined)
      expect(
        talk
          .events()
          .slice(before)
          .map(({ type }) => type),
        at,
      ).toEqual(one.events);
  }
}

function takeStep(talk: ReturnType<typeof talkTo>, one: CaseStep) {
  if (one.say !== undefined) return talk.say(one.say);
  if (one.tap !== undefined) return talk.tap(one.tap);
  if (one.send !== undefined) return talk.send(one.send);
  if (one.answer !== undefined) return talk.give({ type: 'answer', callId: talk.callId(), result: one.answer });
  talk.pass(one.wait ?? 0);
  return talk.give({ type: 'timer' });
}

function fallbacksOf(events: readonly EngineEvent[]): Json {
  const templates = events.flatMap((event) => (event.type === 'message_created' ? [event.message.fallback ?? null] : []));
  return JSON.parse(JSON.stringify(templates));
}

function compileCase(each: Case) {
  const languages = Object.keys(each.languages ?? { en: {} });
  const files: { [path: string]: string } = { 'flows/main.yaml': JSON.stringify({ flow: 'main', nodes: each.nodes }) };
  for (const [flow, source] of Object.entries(each.flows ?? {})) {
    const parts = Array.isArray(source) ? { nodes: source } : source;
    files[`flows/${flow}.yaml`] = JSON.stringify({ flow, ...(typeof parts === 'object' ? parts : {}) });
  }
  for (const language of languages)
    files[`texts/${language}.yaml`] = JSON.stringify(each.languages?.[language] ?? { main: each.texts ?? {} });
  for (const [index, template] of (each.templates ?? []).entries()) files[`templates/t${index}.yaml`] = JSON.stringify(template);
  files['pack.yaml'] = Object.entries(each.manifest ?? {})
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
  const source = { id: 'test', version: '1', files: packFiles(files, languages) };
  return compilePack(source, { operations: each.operations ?? [], channels: { whatsapp: WHATSAPP } });
}

const exampleOperation: OperationSignature = {
  name: 'directory.areasAt',
  summary: 'Areas at a place.',
  input: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
  output: { type: 'array', items: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] } },
};

/** Writes the flows and texts that an example refers to, until it compiles. */
function compileExample(example: string) {
  const nodes: Json = parse(example);
  const main = JSON.stringify({
    flow: 'main',
    nodes: [
      { set: { ...(example.includes('save: areas') ? {} : { areas: '[{"code": "A"}]' }), crop: '"rice"' }, name: 'given' },
      ...(Array.isArray(nodes) ? nodes : []),
    ],
  });
  const files: { [path: string]: string } = {
    'pack.yaml': 'hosts: [api.example.org]\n',
    'flows/main.yaml': main,
    'flows/report.yaml': JSON.stringify({ flow: 'report', nodes: [{ end: 'done' }] }),
    'flows/menu.yaml': JSON.stringify({ flow: 'menu', nodes: [{ end: 'done' }] }),
    'flows/find-ward.yaml': JSON.stringify({
      flow: 'find-ward',
      inputs: { pin: 'string' },
      nodes: [{ end: 'found', value: 'pin' }],
    }),
  };
  const texts: { [key: string]: string } = {};
  for (let round = 0; round < 20; round += 1) {
    const all = { ...files, 'texts/en.yaml': nested(texts), 'texts/hi.yaml': nested(texts) };
    const { pack, problems } = compilePack(
      { id: 'test', version: '1', files: packFiles(all, ['en', 'hi']) },
      { operations: [exampleOperation], channels: { whatsapp: WHATSAPP } },
    );
    if (pack !== undefined) return pack;
    const missing = problems
      .filter(({ code }) => code === 'text:missing')
      .map(({ message }) => /"([^"]+)"/.exec(message)?.[1] ?? '');
    if (missing.length === 0) throw new Error(problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
    for (const key of missing)
      texts[key] = key.includes('.options.') || key.endsWith('.link') ? (key.split('.').at(-2) ?? key) : `Text of ${key}`;
  }
  throw new Error('the example does not settle');
}

function nested(texts: { [key: string]: string }): string {
  const tree: { [key: string]: Json } = {};
  for (const [key, text] of Object.entries(texts)) {
    let at: { [key: string]: Json } = tree;
    const path = key.split('.');
    for (const part of path.slice(0, -1)) {
      const inner = at[part];
      const next: { [key: string]: Json } = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
      at[part] = next;
      at = next;
    }
    at[path.at(-1) ?? ''] = text;
  }
  return JSON.stringify(tree);
}
