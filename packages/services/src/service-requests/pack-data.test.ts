/** Mistakes in a pack's life cycles, departments, posts and notifications: each is told with its file and line. */
import { isJsonObject } from '@hazir/core';
import { describe, expect, test } from 'vitest';
import { loadMumbai, MUMBAI_SETTINGS, readMumbai } from '../testing.ts';

/** Problems of the Mumbai pack with other data files; "code line: message". */
function problemsWith(files: Record<string, string>): string[] {
  const settings = MUMBAI_SETTINGS['service-requests'];
  if (!isJsonObject(settings)) throw new Error('Mumbai has no service requests');
  // Clocks name states and posts of Mumbai's own.
  const { clocks: _, ...rest } = settings;
  return loadMumbai({ files, settings: { 'service-requests': rest } }).problems.map(
    ({ code, line, message }) => `${code} ${line}: ${message}`,
  );
}

const NAME = 'name: { en: a, hi: a, mr: a, bn: a, ta: a }';
const TOLD = 'told: { en: a, hi: a, mr: a, bn: a, ta: a }';

/** A life cycle "works" (which Mumbai's categories name) on lines of its own. */
function cycle(...lines: string[]): Record<string, string> {
  return { 'data/life-cycles.yaml': ['lifeCycles:', '  - code: works', ...lines.map((line) => `    ${line}`)].join('\n') };
}

const SMALL = [
  'states:',
  `  - { code: open, kind: open, ${NAME} }`,
  `  - { code: done, kind: closed, ${NAME} }`,
  'moves:',
  `  - { code: close, from: [open], to: done, by: [department], ${NAME}, ${TOLD} }`,
];

describe('life cycles', () => {
  test.each<[string, string[], string[]]>([
    ['a small one', SMALL, []],
    [
      'one that changes a move of another',
      ['extends: default', 'moves:', '  - { code: close, photo: { metres: 50, hours: 2 } }'],
      [],
    ],
    [
      'a state that nothing leads to',
      SMALL.toSpliced(3, 0, `  - { code: lost, kind: closed, ${NAME} }`),
      ['service-requests:unreachable-state 6: No move leads to "lost"'],
    ],
    [
      'a state without a way out',
      [
        ...SMALL.toSpliced(3, 0, `  - { code: stuck, kind: waiting, ${NAME} }`),
        `  - { code: wait, from: [open], to: stuck, by: [officer], ${NAME}, ${TOLD} }`,
      ],
      ['service-requests:dead-end 6: From "stuck" no way leads to a closed state'],
    ],
    [
      'a move to a state that is not there',
      [...SMALL, `  - { code: wait, from: [open], to: nowhere, by: [officer], ${NAME}, ${TOLD} }`],
      ['service-requests:unknown-state 8: "wait" names a state "nowhere" that is not there'],
    ],
    [
      'a lapse by a move that does not lead out',
      SMALL.with(1, `  - { code: open, kind: open, ${NAME}, lapse: { afterHours: 1, move: start } }`),
      ['service-requests:unknown-move 4: No move "start" leads out of "open"'],
    ],
    [
      'a beginning that is no open state',
      SMALL.with(1, `  - { code: open, kind: working, ${NAME} }`),
      ['service-requests:bad-life-cycle 4: "works" does not begin with an open state'],
    ],
    [
      'a state twice',
      SMALL.toSpliced(2, 0, `  - { code: open, kind: open, ${NAME} }`),
      ['data:duplicate 5: The state "open" is there twice'],
    ],
    [
      'a name that lacks a language',
      SMALL.with(2, '  - { code: done, kind: closed, name: { en: a, hi: a, mr: a, bn: a } }'),
      ['data:text-missing 5: The state "done" has no text in ta'],
    ],
    [
      'a kind that is none',
      SMALL.with(2, `  - { code: done, kind: finished, ${NAME} }`),
      [expect.stringMatching(/^data:shape 5: "states\.1\.kind"/), expect.stringMatching(/^service-requests:unknown-life-cycle/)],
    ],
    [
      'a life cycle that extends nothing',
      ['extends: nothing', ...SMALL],
      ['service-requests:unknown-life-cycle 3: No life cycle above is called "nothing"'],
    ],
    [
      'an inherited move that leads to what is no more: told at the own line',
      ['extends: default', 'moves:', '  - { code: close, to: gone }'],
      [
        'service-requests:unknown-state 5: "close" names a state "gone" that is not there',
        'service-requests:unreachable-state 2: No move leads to "closed"',
      ],
    ],
  ])('%s', (_, lines, expected) => {
    const problems = problemsWith(cycle(...lines));
    expect(problems.slice(0, expected.length)).toEqual(expected);
    if (expected.length === 0) expect(problems).toEqual([]);
  });

  test('a category names one that exists', () => {
    const categories = (readMumbai('data/categories.yaml') ?? '').replace('lifeCycle: works', 'lifeCycle: miracles');
    expect(problemsWith({ 'data/categories.yaml': categories })[0]).toMatch(
      /^service-requests:unknown-life-cycle 8: "roads" has no life cycle "miracles"/,
    );
  });

  test('a pack in a language that the default one does not speak is told so', () => {
    const settings = MUMBAI_SETTINGS['service-requests'];
    const problems = loadMumbai({ settings: { 'service-requests': settings ?? null }, languages: ['en', 'gu'] }).problems;
    expect(problems.some(({ code, message }) => code === 'data:text-missing' && message.includes('in gu'))).toBe(true);
  });
});

describe('departments and posts', () => {
  const departments = (fallback: string) =>
    `fallback: ${fallback}\ndepartments:\n  - { code: roads, ${NAME} }\n  - { code: roads, ${NAME} }\n`;
  const posts = (...rows: string[]) =>
    ['post,department,areas,categories,reports_to,phone,name', ...rows.map((row) => `${row},Somebody`)].join('\n');

  test.each<[string, Record<string, string>, string[]]>([
    [
      'a department twice and a fall-back that is none',
      { 'data/departments.yaml': departments('desk'), 'data/posts.csv': posts('a,roads,,,,') },
      [
        'data:duplicate 4: The department "roads" is there twice',
        'service-requests:unknown-department 1: The fall-back queue "desk" is no department',
      ],
    ],
    [
      'a post of an unknown department',
      { 'data/posts.csv': posts('a,space,,,,') },
      ['service-requests:unknown-department 2: "space" is no department'],
    ],
    [
      'a post above that is none',
      { 'data/posts.csv': posts('a,roads,,,b,') },
      ['service-requests:unknown-post 2: "b" is no post'],
    ],
    [
      'posts in a circle',
      { 'data/posts.csv': posts('a,roads,,,b,', 'b,roads,,,a,') },
      [
        'service-requests:unknown-post 2: "a" reports to itself in the end',
        'service-requests:unknown-post 3: "b" reports to itself in the end',
      ],
    ],
    [
      'a post twice',
      { 'data/posts.csv': posts('a,roads,,,,', 'a,roads,,,,') },
      ['data:duplicate 3: "a" stands in line 2 already'],
    ],
    [
      'a phone of two posts, however it is spaced',
      { 'data/posts.csv': posts('a,roads,,,,+91 22 5550 1001', 'b,roads,,,,+912255501001', 'c,roads,,,,', 'd,roads,,,,') },
      ['data:duplicate 3: "+912255501001" stands in line 2 already'],
    ],
    [
      'a phone without its country',
      { 'data/posts.csv': posts('a,roads,,,,022 5550') },
      [expect.stringMatching(/^data:shape 2: "phone"/)],
    ],
    ['a phone that is none', { 'data/posts.csv': posts('a,roads,,,,1916') }, [expect.stringMatching(/^data:shape 2: "phone"/)]],
  ])('%s', (_, files, expected) => {
    expect(problemsWith(files)).toEqual(expected);
  });
});

describe('notifications', () => {
  const LINES = [
    '{ event: service_request_moved, to: citizen, flow: request-update, template: request_update }',
    '{ event: service_request_moved, to: followers, flow: request-update, template: request_update }',
  ];
  const DATES = [
    '{ event: expected_date_moved, to: citizen, flow: request-update, template: request_update }',
    '{ event: due_date_passed, to: citizen, flow: request-update, template: request_update }',
  ];
  const matrix = (...lines: string[]) => ({
    'data/notifications.yaml': ['notifications:', ...[...lines, ...DATES].map((line) => `  - ${line}`)].join('\n'),
  });

  test.each<[string, string[], string[]]>([
    ['all that is needed', LINES, []],
    [
      'citizens on one type of channel only',
      LINES.map((line) => line.replace(' }', ', channel: whatsapp }')),
      expect.arrayContaining([expect.stringMatching(/^service-requests:nobody-told 1: No line tells citizen of the move/)]),
    ],
    [
      'a flow that is not there',
      [...LINES, '{ event: service_request_opened, to: assignee, flow: request-nothing, template: request_update }'],
      ['service-requests:unknown-flow 4: There is no flow "request-nothing"'],
    ],
    [
      'a flow without this template: whoever has not written for a day would hear nothing',
      [...LINES, '{ event: service_request_opened, to: citizen, flow: request-card, template: request_update }'],
      ['service-requests:unknown-template 4: The flow "request-card" falls back on no template "request_update"'],
    ],
    [
      'a move that is not there',
      [...LINES, '{ event: service_request_moved, moves: [fly], to: citizen, flow: request-update, template: request_update }'],
      ['service-requests:unknown-move 4: No life cycle has a move "fly"'],
    ],
    [
      'an event that is none',
      [...LINES, '{ event: sunrise, to: citizen, flow: request-update, template: request_update }'],
      [expect.stringMatching(/^data:shape 4/)],
    ],
    [
      'followers who are told nothing',
      [
        LINES[0] ?? '',
        '{ event: service_request_moved, moves: [start, hold], to: followers, flow: request-update, template: request_update }',
      ],
      [
        'service-requests:nobody-told 1: No line tells followers of the move "seek_sanction"',
        ...['transfer', 'merge', 'close', 'lapse', 'reopen'].map(
          (move) => `service-requests:nobody-told 1: No line tells followers of the move "${move}"`,
        ),
      ],
    ],
  ])('%s', (_, lines, expected) => {
    expect(problemsWith(matrix(...lines))).toEqual(expected);
  });
});
