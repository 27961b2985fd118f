import { describe, expect, test } from 'vitest';
import { packFiles, WHATSAPP } from '../testing/pack.ts';
import { compilePack } from './compile.ts';

interface Refusal {
  description: string;
  files: { [path: string]: string };
  languages?: string[];
  expected: { code: string; file: string; line: number; message?: string }[];
}

const flow = (nodes: string): string => `flow: main\nnodes:\n${nodes}`;

const refusals: Refusal[] = [
  {
    description: 'YAML that is none',
    files: { 'flows/main.yaml': 'flow: main\nnodes: [\n' },
    expected: [
      { code: 'pack:yaml', file: 'flows/main.yaml', line: 3 },
      { code: 'flow:missing-flow', file: 'pack.yaml', line: 5 },
    ],
  },
  {
    description: 'an unknown verb, and an unknown field with its own line',
    files: {
      'flows/main.yaml': flow('  - shout: hello\n  - say: hello\n    wiht: {}\n'),
      'texts/en.yaml': 'main: { hello: Hi }',
    },
    expected: [
      { code: 'flow:unknown-node', file: 'flows/main.yaml', line: 3 },
      { code: 'pack:unknown-field', file: 'flows/main.yaml', line: 5 },
    ],
  },
  {
    description: 'a node that is no map, two nodes of one name, and a file of another name',
    files: {
      'flows/main.yaml': flow('  - hello\n  - say: a\n  - say: a\n'),
      'flows/b.yaml': 'flow: c\nnodes: [{ end: x }]\n',
      'texts/en.yaml': 'main: { a: A }',
    },
    expected: [
      { code: 'flow:file-name', file: 'flows/b.yaml', line: 1 },
      { code: 'flow:node-shape', file: 'flows/main.yaml', line: 3 },
      { code: 'flow:node-twice', file: 'flows/main.yaml', line: 5 },
    ],
  },
  {
    description: 'a text that one language lacks, with the line of the flow in its file',
    files: {
      'flows/main.yaml': flow('  - say: a\n  - say: b\n'),
      'texts/en.yaml': 'main:\n  a: A\n  b: B\n',
      'texts/hi.yaml': 'main:\n  a: अ\n',
    },
    languages: ['en', 'hi'],
    expected: [{ code: 'text:missing', file: 'texts/hi.yaml', line: 1 }],
  },
  {
    description: 'placeholders that differ, and a malformed message',
    files: {
      'flows/main.yaml': flow('  - set: { n: 1 }\n  - say: a\n  - say: b\n'),
      'texts/en.yaml': 'main:\n  a: "{n}"\n  b: "{n"\n',
      'texts/hi.yaml': 'main:\n  a: "अ"\n  b: "{n, plural, one {#}}"\n',
    },
    languages: ['en', 'hi'],
    expected: [
      { code: 'text:malformed', file: 'texts/en.yaml', line: 3 },
      { code: 'text:placeholders', file: 'texts/hi.yaml', line: 2 },
      { code: 'text:malformed', file: 'texts/hi.yaml', line: 3 },
    ],
  },
  {
    description: 'a text longer than a channel takes, counted without its placeholders',
    files: {
      'flows/main.yaml': flow('  - choose: a\n    options: [x]\n'),
      'texts/en.yaml': `main:\n  a:\n    text: "${'x'.repeat(1025)}"\n    list: "A label that opens the list"\n    options:\n      x: { label: X, detail: "${'y'.repeat(73)}" }\n`,
    },
    expected: [
      { code: 'text:too-long', file: 'texts/en.yaml', line: 3 },
      { code: 'text:too-long', file: 'texts/en.yaml', line: 4 },
      { code: 'text:too-long', file: 'texts/en.yaml', line: 6 },
    ],
  },
  {
    description: 'a loop that never waits, and nodes that nothing leads to',
    files: {
      'flows/main.yaml': flow('  - say: a\n  - say: b\n    go: a\n  - say: c\n'),
      'texts/en.yaml': 'main: { a: A, b: B, c: C }',
    },
    expected: [
      { code: 'flow:loop', file: 'flows/main.yaml', line: 4 },
      { code: 'flow:unreachable', file: 'flows/main.yaml', line: 6 },
    ],
  },
  {
    description: 'an expression that does not parse, one that does not check, and one that knows no such field',
    files: {
      'flows/main.yaml': flow(
        '  - set: { a: "1 +" }\n  - set: { b: "1 + \'x\'" }\n  - set: { c: contact.nope }\n  - set: { d: nobody }\n',
      ),
    },
    expected: [
      { code: 'flow:expression-syntax', file: 'flows/main.yaml', line: 3 },
      { code: 'flow:expression-type', file: 'flows/main.yaml', line: 4 },
      { code: 'flow:expression-type', file: 'flows/main.yaml', line: 5 },
      { code: 'flow:expression-type', file: 'flows/main.yaml', line: 6 },
    ],
  },
  {
    description: 'a target that almost exists: the hint names the near one',
    files: { 'flows/main.yaml': flow('  - say: welcome\n    go: welcom\n'), 'texts/en.yaml': 'main: { welcome: Hi }' },
    expected: [{ code: 'flow:missing-target', file: 'flows/main.yaml', line: 4 }],
  },
  {
    description: 'phrases without a flow, under two flows, and an intent of two flows',
    files: {
      'flows/main.yaml': 'flow: main\nintent: x\nnodes:\n  - end: done\n',
      'flows/other.yaml': 'flow: other\nintent: x\nnodes:\n  - end: done\n',
      'flows/third.yaml': 'flow: third\nintent: y\nnodes:\n  - end: done\n',
      'phrases/en.yaml': 'z: [hello there]\nx: [road]\ny: [Road!]\n',
    },
    expected: [
      { code: 'flow:intent-twice', file: 'flows/other.yaml', line: 2 },
      { code: 'flow:missing-intent', file: 'phrases/en.yaml', line: 1 },
      { code: 'flow:phrase-twice', file: 'phrases/en.yaml', line: 3 },
    ],
  },
  {
    description: 'a photo that no flow can take',
    files: {
      'pack.yaml': 'opens: { photo: nope, voice: needy }\n',
      'flows/main.yaml': flow('  - end: done\n'),
      'flows/needy.yaml': 'flow: needy\ninputs: { x: any }\nnodes:\n  - end: done\n',
    },
    expected: [
      { code: 'flow:missing-flow', file: 'pack.yaml', line: 6 },
      { code: 'flow:missing-flow', file: 'pack.yaml', line: 6 },
    ],
  },
  {
    description: 'an urgent flow that no phrase opens',
    files: { 'flows/main.yaml': 'flow: main\nurgent: true\nnodes:\n  - end: done\n' },
    expected: [{ code: 'flow:missing-intent', file: 'flows/main.yaml', line: 2 }],
  },
  {
    description: 'a template whose text and parameters differ, and that opens no flow',
    files: {
      'flows/main.yaml': flow('  - end: done\n'),
      'templates/a.yaml':
        'template: a\ncategory: utility\nparameters: [x]\nlanguages:\n  en: { body: "Hello {y}.", buttons: [{ flow: nope, label: Go }] }\n',
    },
    expected: [
      { code: 'text:placeholders', file: 'templates/a.yaml', line: 5 },
      { code: 'flow:missing-flow', file: 'templates/a.yaml', line: 5 },
    ],
  },
  {
    description: 'a list where texts should be',
    files: { 'flows/main.yaml': flow('  - say: a\n'), 'texts/en.yaml': 'main:\n  a: A\n  b: [1]\n' },
    expected: [{ code: 'text:shape', file: 'texts/en.yaml', line: 3 }],
  },
];

describe('refused on load, with file, line and hint', () => {
  test.each(refusals.map((each) => [each.description, each] as const))('%s', (_, { files, languages, expected }) => {
    const { pack, problems } = compile(files, languages);
    expect(pack).toBeUndefined();
    expect(problems.map(({ code, file, line }) => ({ code, file, line }))).toEqual(expected);
    for (const { message, hint } of problems) expect(`${message} ${hint ?? ''}`.length).toBeGreaterThan(20);
  });

  test('the hint names what was probably meant', () => {
    const { problems } = compile({
      'flows/main.yaml': flow('  - say: welcome\n    go: welcom\n'),
      'texts/en.yaml': 'main: { welcome: Hi }',
    });
    expect(problems[0]?.hint).toBe('Did you mean "welcome"?');
  });

  test('a manifest with a wrong language, time zone, default, name and entry', () => {
    const manifest = 'id: other\nname: { hi: X }\nlanguages: [en]\ndefaultLanguage: hi\nentry: nowhere\ntimeZone: Mars/Crater\n';
    const files = new Map([
      ['pack.yaml', manifest],
      ['texts/en.yaml', ''],
      ['flows/main.yaml', flow('  - end: x\n')],
    ]);
    const { problems } = compilePack({ id: 'test', version: '1', files }, { operations: [], channels: {} });
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['pack:id', 1],
      ['text:missing', 2],
      ['pack:default-language', 4],
      ['flow:missing-flow', 5],
      ['pack:time-zone', 6],
    ]);
    const unknown = new Map([['pack.yaml', manifest.replace('[en]', '[en, tlh]')]]);
    expect(compilePack({ id: 'test', version: '1', files: unknown }, { operations: [], channels: {} }).problems[0]).toMatchObject(
      { code: 'pack:shape', line: 3 },
    );
    expect(compilePack({ id: 'test', version: '1', files: new Map() }, { operations: [], channels: {} }).problems[0]?.code).toBe(
      'pack:no-manifest',
    );
  });
});

test('an unused text and a phrase that is a command are warnings: the pack runs', () => {
  const { pack, problems } = compile({
    'flows/main.yaml': 'flow: main\nintent: x\nnodes:\n  - say: a\n',
    'texts/en.yaml': 'main:\n  a: A\n  gone: Gone\n',
    'phrases/en.yaml': 'x: [menu]\n',
  });
  expect(pack?.entry).toBe('main');
  expect(problems.map(({ code, severity, line }) => [code, severity, line])).toEqual([
    ['flow:phrase-is-command', 'warning', 1],
    ['text:unused', 'warning', 3],
  ]);
});

test('a pack may say a platform text in its own words', () => {
  const { pack } = compile({
    'flows/main.yaml': flow('  - say: a\n'),
    'texts/en.yaml': 'main: { a: A }\nhazir: { menu: Home }\n',
  });
  expect(pack?.platform.get('menu')?.byLanguage.get('en')?.format({})).toBe('Home');
});

test('what is compiled carries what others need: templates for the provider, phrases, settings, data files', () => {
  const { pack } = compile({
    'pack.yaml': 'services: { directory: { wards: data/wards.geojson } }\nhelpline: ["1916", "108"]\n',
    'flows/main.yaml': 'flow: main\nintent: road\nnodes:\n  - end: x\n',
    'phrases/en.yaml': 'road: ["The road is broken"]\n',
    'templates/a.yaml':
      'template: a\ncategory: utility\nparameters: [b, a]\nlanguages:\n  en: { body: "For {a} of {b}, {a}.", buttons: [{ flow: main, label: Go }] }\n',
    'data/wards.geojson': '',
  });
  expect(pack).toMatchObject({
    services: { directory: { wards: 'data/wards.geojson' } },
    helplines: ['1916', '108'],
    dataFiles: ['data/wards.geojson'],
    menu: 'main',
    sessionTimeout: 86_400_000,
  });
  expect(pack?.templates.get('a')?.languages.en?.body).toBe('For {{2}} of {{1}}, {{2}}.');
  expect(pack?.phrases.get('the road is broken')).toBe('main');
  expect(pack?.phrasesByFlow.get('main')).toEqual({ en: ['The road is broken'] });
});

function compile(files: { [path: string]: string }, languages: string[] = ['en']) {
  return compilePack(
    { id: 'test', version: '1', files: packFiles(files, languages) },
    { operations: [], channels: { whatsapp: WHATSAPP } },
  );
}
