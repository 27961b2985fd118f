/** Mistakes in calendars and clocks are told with their line before a pack is published; policies are chosen as documented. */
import { describe, expect, test } from 'vitest';
import { loadMumbai, readMumbai } from '../../testing.ts';
import { promiseFor } from './rules.ts';

const HOURS = 3_600_000;

/** Every problem of the pack with one thing changed in a file: "code at line". */
function problems(file: string, wanted: string, given: string): string[] {
  const text = readMumbai(file) ?? '';
  if (!text.includes(wanted)) throw new Error(`${file} has no ${wanted}`);
  const changed = text.replace(wanted, given);
  const line = changed.slice(0, text.indexOf(wanted) + given.length).split('\n').length;
  return loadMumbai({ files: { [file]: changed } }).problems.map(
    (problem) =>
      `${problem.code}${problem.file === file && problem.line <= line && problem.line > line - 7 ? '' : ` elsewhere: ${problem.line}`}`,
  );
}

describe('mistakes', () => {
  test.each([
    ['a weekday with hours that overlap', 'mon: "09:45-18:15"', 'mon: ["09:45-13:00", "12:00-18:15"]', 'data:shape'],
    ['hours that end before they begin', 'mon: "09:45-18:15"', 'mon: "18:15-09:45"', 'data:shape'],
    ['a time zone that is none', 'timeZone: Asia/Kolkata', 'timeZone: Asia/Calcuta', 'data:shape'],
    ['a date that is none', 'date: 2026-01-26', 'date: 2026-02-30', 'data:shape'],
    [
      'a holiday without its source',
      '    asOf: 2026-11-23\n    days:\n      - { date: 2026-01-15',
      '    days:\n      - { date: 2026-01-15',
      'data:shape',
    ],
    ['a holiday listed twice', 'date: 2026-02-15', 'date: 2026-01-26', 'data:duplicate'],
    ['a list that does not exist', 'holidays: [maharashtra-2026,', 'holidays: [goa-2026,', 'data:bad-calendar'],
    ['a calendar that is there already', 'code: office', 'code: always', 'data:duplicate', 'service-requests:unknown-calendar'],
  ])('of a calendar: %s', (_, wanted, given, ...codes) => {
    expect(problems('data/calendars.yaml', wanted, given).map((code) => code.split(' ')[0])).toEqual(codes);
    expect(problems('data/calendars.yaml', wanted, given)[0]).toBe(codes[0]);
  });

  test('of a calendar: hardly any work', () => {
    const week = /week: .*/.exec(readMumbai('data/calendars.yaml') ?? '')?.[0] ?? '';
    expect(problems('data/calendars.yaml', week, 'week: { mon: "09:00-09:30" }')).toEqual(['data:bad-calendar']);
  });

  test.each([
    ['a time that is none', 'within: 24h', 'within: 1 day', 'data:shape'],
    ['a category that does not exist', 'categories: [pothole]', 'categories: [ufo]', 'service-requests:unknown-category'],
    ['a calendar that does not exist', 'calendar: office', 'calendar: bank', 'service-requests:unknown-calendar'],
    ['a post that does not exist', 'post: commissioner', 'post: mayor', 'service-requests:unknown-post'],
    ['a rung to nowhere', '{ above: 1 }', '{ above: 1, post: commissioner }', 'data:shape'],
    ['two policies for the same', 'categories: [pothole]', 'categories: []', 'service-requests:ambiguous-policy'],
    ['a policy that is there already', 'code: pothole', 'code: usual', 'data:duplicate'],
    ['a hearer who is none', 'tells: [citizen,', 'tells: [mayor,', 'data:shape'],
  ])('of a policy: %s', (_, wanted, given, code) => {
    expect(problems('data/clocks.yaml', wanted, given)).toEqual([code]);
  });

  test.each([
    ['a state that does not exist', 'state: needs_sanction', 'state: asleep', 'service-requests:unknown-state'],
    ['a state in which somebody works', 'state: needs_sanction', 'state: in_progress', 'service-requests:bad-pause'],
    ['a reason that nobody gives', 'weather, permission', 'weather, holidays', 'service-requests:unknown-reason'],
  ])('of a pause: %s', (_, wanted, given, code) => {
    // The three policies share their pauses.
    expect(problems('data/clocks.yaml', wanted, given).map((each) => each.split(' ')[0])).toEqual([code, code, code]);
  });

  test('a ladder that does not exist', () => {
    expect(
      problems('data/clocks.yaml', 'ladders:\n  - code: corporation', 'ladders:\n  - code: other').every((each) =>
        each.startsWith('service-requests:unknown-ladder'),
      ),
    ).toBe(true);
  });

  test.each(['expected_date_moved, to: citizen', 'service_request_escalated, to: citizen'])('nobody is told: %s', (line) => {
    const text = (readMumbai('data/notifications.yaml') ?? '').split('\n').filter((each) => !each.includes(line));
    const found = loadMumbai({ files: { 'data/notifications.yaml': text.join('\n') } }).problems;
    expect(found.map(({ code }) => code)).toEqual(['service-requests:nobody-told']);
  });
});

describe('of several policies', () => {
  const extra = [
    '  - { code: roads, categories: [roads], within: 100h }',
    '  - { code: roads-gn, categories: [roads], areas: [G/N], within: 90h }',
    '  - { code: gn, areas: [G/N], within: 80h }',
    '  - { code: urgent, priorities: [1], within: 2h }',
    '  - { code: roads-gn-urgent, categories: [roads], areas: [G/N], priorities: [1, 2], within: 1h }',
  ].join('\n');
  const files = { 'data/clocks.yaml': `${readMumbai('data/clocks.yaml')}${extra}\n` };
  const desk = loadMumbai({ files }).requestDesk;

  test.each([
    ['the problem goes before its group, wherever it is', 'pothole', 'G/N', 1, 24],
    ['the group with the area before the group', 'footpath', 'G/N', 3, 90],
    ['the group before the area', 'footpath', 'K/E', 3, 100],
    ['the priority decides among those', 'footpath', 'G/N', 2, 1],
    ['the group before the priority', 'footpath', 'K/E', 1, 100],
    ['the area before the priority', 'rats', 'G/N', 1, 80],
    ['the priority before nothing', 'rats', 'K/E', 1, 2],
    ['no area is no area', 'rats', null, 3, 168],
  ])('%s', (_, service_code, area, priority, hours) => {
    if (desk === undefined) throw new Error('the pack has mistakes');
    expect(promiseFor(desk.clocks, desk.categories, { service_code, area, priority })?.withinMs).toBe(hours * HOURS);
  });
});
