/** docs/how-to/write-a-flow.md is true: its files are a pack that compiles, its conversation plays, every node and field is explained. */
import { readFileSync } from 'node:fs';
import { isJsonObject, type OperationSignature, type OutboundMessage } from '@hazir/core';
import { expect, test } from 'vitest';
import { fillCaptured, findTappedChoice, matchConversationStep } from './conversations/match.ts';
import { type CitizenAct, parseConversations } from './conversations/parse.ts';
import { NODE_TYPES } from './nodes/index.ts';
import { compilePack } from './pack/compile.ts';
import type { CompiledPack } from './pack/compiled.ts';
import { flowJsonSchemas } from './pack/schemas.ts';
import { lineOf, type Talk, talkTo, WHATSAPP } from './testing/pack.ts';

const page = readFileSync(new URL('../../../docs/how-to/write-a-flow.md', import.meta.url), 'utf8');
const files = new Map([...page.matchAll(/^```yaml (\S+)\n([\s\S]*?)^```/gm)].map(([, path = '', text = '']) => [path, text]));
const source = { id: 'village', version: '1', files };
const create: OperationSignature = {
  name: 'requests.create',
  summary: '',
  input: { type: 'object', properties: { place: {}, words: { type: 'string' } }, required: ['place'] },
  output: {
    type: 'object',
    properties: { reference: { type: 'string' }, days: { type: 'integer' } },
    required: ['reference', 'days'],
  },
};

function compiled(): CompiledPack {
  const { pack, problems } = compilePack(source, { operations: [create], channels: { whatsapp: WHATSAPP } });
  expect(problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([]);
  if (pack === undefined) throw new Error('the pack of the page does not compile');
  return pack;
}

test('the pack of the page compiles without a warning', () => {
  expect([...files.keys()].length).toBeGreaterThan(9);
  expect(compiled().templates.get('report_update')?.languages.en?.body).toContain('{{1}}');
});

test('its conversation plays', () => {
  const pack = compiled();
  const { conversations, problems } = parseConversations(source);
  expect(problems).toEqual([]);
  for (const conversation of conversations) {
    const language = conversation.language ?? pack.defaultLanguage;
    const talk = talkTo(pack, { contact: { id: 'c', language } });
    let sent: OutboundMessage[] = [];
    let captured: { [name: string]: string } = {};
    for (const one of conversation.steps) {
      if (one.type === 'citizen') sent = act(talk, one.act, { sent, captured });
      else if (one.type === 'hazir') {
        const match = matchConversationStep(one.expected, sent, { pack, language, captured, session: talk.session() ?? null });
        expect(match.mismatches, `line ${one.line}`).toEqual([]);
        captured = match.captured;
      }
    }
    expect(captured).toEqual({ reference: 'VIL-000123' });
  }
});

test('the price of the page is fetched, counted and said in both digits', () => {
  const talk = talkTo(compiled(), { contact: { id: 'c', language: 'mr' } });
  talk.say('menu');
  talk.tap('भाताचा भाव');
  expect(talk.say('बारा').map(lineOf)).toEqual(['कृपया फक्त संख्या लिहा, जसे १२.']);
  talk.say('१२');
  const said = talk.give({ type: 'answer', callId: talk.callId(), result: { ok: true, value: { rupees: 12345 } } });
  expect(said.map(lineOf)).toEqual(['आज १२ क्विंटलचे ₹१,४८,१४० मिळतील.']);
  talk.pass(3_600_000);
  expect(talk.give({ type: 'timer' }).map(lineOf)).toEqual(['पुन्हा गरज पडल्यास “मेनू” लिहा.']);
});

test('every node has a section that names each of its fields', () => {
  const { nodes } = flowJsonSchemas();
  const general = /^## The nodes\n([\s\S]*?)^### /m.exec(page)?.[1] ?? '';
  for (const { verb } of NODE_TYPES) {
    const section = new RegExp(`^### ${verb}\\n([\\s\\S]*?)(?=^##)`, 'm').exec(page)?.[1];
    expect(section, verb).toBeDefined();
    const properties = nodes[verb]?.properties;
    const fields = isJsonObject(properties) ? Object.keys(properties).filter((field) => field !== verb) : [];
    for (const field of fields) expect(`${section}${general}`.includes(`\`${field}`), `${verb}.${field}`).toBe(true);
  }
});

function act(
  talk: Talk,
  what: CitizenAct,
  { sent, captured }: { sent: OutboundMessage[]; captured: { [name: string]: string } },
): OutboundMessage[] {
  const start = talk.events().length;
  if (what.type === 'text') talk.say(fillCaptured(what.text, captured));
  if (what.type === 'tap') {
    const choice = findTappedChoice(what.option, sent);
    talk.send({ type: 'choice', id: choice?.id ?? '', label: choice?.label ?? '', source: 'button' });
  }
  if (talk.last().call?.kind === 'service')
    talk.give({ type: 'answer', callId: talk.callId(), result: { ok: true, value: { reference: 'VIL-000123', days: 3 } } });
  return talk
    .events()
    .slice(start)
    .flatMap((event) => (event.type === 'message_created' ? [event.message] : []));
}
