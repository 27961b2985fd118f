/** Who hears of what by which flow: the notification matrix of a pack, as data. */
import { listProperty, property, textProperty } from '@hazir/core';
import { z } from 'zod';
import { checkShape, type DataReader } from '../../data/source.ts';
import { parseYaml, readYaml } from '../../data/yaml.ts';
import { AUDIENCES, type Audience, type LifeCycle } from '../life-cycles/life-cycle.ts';
import { NOTIFIED_EVENTS } from '../request-events.ts';

export interface Notification {
  event: (typeof NOTIFIED_EVENTS)[number];
  /** Only for these moves; all when undefined. */
  moves: readonly string[] | undefined;
  to: Audience;
  /** The flow that is opened for the hearer; its first message names the template for outside the 24 hours. */
  flow: string;
  /** Only for who is told on a channel of this type; undefined for all. */
  channel: string | undefined;
}

/** Officers have their lists; citizens only what they are told. */
const CITIZENS: readonly Audience[] = ['citizen', 'followers'];

/** Where a pack has no file of its own: citizens hear by `request-update`, officers by `request-work`. */
export const DEFAULT_NOTIFICATIONS: readonly Notification[] = [
  ...AUDIENCES.map((to) => usual('service_request_moved', to)),
  usual('service_request_opened', 'assignee'),
  usual('citizen_reminded', 'citizen'),
  ...(['citizen', 'followers', 'assignee'] as const).map((to) => usual('note_added', to)),
  ...(['attachment_added', 'due_date_neared', 'due_date_reached'] as const).map((event) => usual(event, 'assignee')),
  ...(['citizen', 'followers', 'assignee'] as const).flatMap((to) =>
    (['due_date_passed', 'expected_date_moved'] as const).map((event) => usual(event, to)),
  ),
  ...AUDIENCES.map((to) => usual('service_request_escalated', to)),
];

function usual(event: Notification['event'], to: Audience): Notification {
  return { event, moves: undefined, to, flow: CITIZENS.includes(to) ? 'request-update' : 'request-work', channel: undefined };
}

const HINT = 'The notification matrix is described in docs/how-to/service-requests.md.';
const name = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);
const schema = z
  .strictObject({
    notifications: z.array(
      z.strictObject({
        event: z.enum(NOTIFIED_EVENTS),
        moves: z.array(z.string().max(40)).min(1).optional(),
        to: z.enum(AUDIENCES),
        flow: name,
        template: z.string().max(100),
        channel: name.optional(),
      }),
    ),
  })
  .describe('Who hears of what.');

/** Reads the matrix and checks that every flow, template and move of it exists, and that no citizen whom a move tells is left out. */
export function readNotifications(
  reader: DataReader,
  file: string | undefined,
  { lifeCycles, readText }: { lifeCycles: ReadonlyMap<string, LifeCycle>; readText: (path: string) => string | undefined },
): readonly Notification[] {
  if (file === undefined) return DEFAULT_NOTIFICATIONS;
  const yaml = readYaml(reader, file);
  const parsed = yaml && checkShape(schema, yaml.value, { reader, file, lineOf: yaml.lineOf, hint: HINT });
  if (yaml === undefined || parsed === undefined) return [];
  const rows = parsed.notifications;
  const report = (code: `service-requests:${string}`, message: string, path: PropertyKey[]) =>
    reader.report(code, message, { file, line: yaml.lineOf(path), hint: HINT });
  const moves = new Set([...lifeCycles.values()].flatMap((cycle) => cycle.moves.map((move) => move.code)));
  for (const [index, row] of rows.entries()) {
    const path = ['notifications', index];
    const flow = readText(`flows/${row.flow}.yaml`);
    if (flow === undefined) report('service-requests:unknown-flow', `There is no flow "${row.flow}"`, [...path, 'flow']);
    else if (!templatesOf(flow).includes(row.template))
      report('service-requests:unknown-template', `The flow "${row.flow}" falls back on no template "${row.template}"`, [
        ...path,
        'template',
      ]);
    for (const move of row.moves ?? [])
      if (!moves.has(move)) report('service-requests:unknown-move', `No life cycle has a move "${move}"`, [...path, 'moves']);
  }
  // A line for one type of channel leaves out whoever is told on another.
  const forAll = rows.map(fromRow).filter(({ channel }) => channel === undefined);
  for (const { code, missing } of leftOut(lifeCycles, forAll))
    report('service-requests:nobody-told', `No line tells ${missing} of the move "${code}"`, ['notifications']);
  for (const { what, events } of PROMISES)
    if (!forAll.some(({ event, to }) => to === 'citizen' && events.includes(event)))
      report('service-requests:nobody-told', `No line tells the citizen of ${what}: ${events.join(' or ')}`, ['notifications']);
  return rows.map(fromRow);
}

/** What was promised never changes silently. */
const PROMISES: readonly { what: string; events: readonly Notification['event'][] }[] = [
  { what: 'a date that has moved', events: ['expected_date_moved'] },
  { what: 'a date that has passed', events: ['due_date_passed', 'service_request_escalated'] },
];

/** The lines that apply to an event, or to a move. */
export function linesFor(
  matrix: readonly Notification[],
  event: Notification['event'],
  { move, tells }: { move?: string | undefined; tells: readonly Audience[] | undefined },
): Notification[] {
  return matrix.filter(
    (line) =>
      line.event === event &&
      (line.moves === undefined || (move !== undefined && line.moves.includes(move))) &&
      (tells === undefined || tells.includes(line.to)),
  );
}

function fromRow({ event, moves, to, flow, channel }: z.output<typeof schema>['notifications'][number]): Notification {
  return { event, moves, to, flow, channel };
}

/** The templates that a flow falls back on; whether they exist is checked with the flows. */
function templatesOf(flow: string): string[] {
  const parsed = parseYaml(flow);
  const nodes = 'value' in parsed ? listProperty(parsed.value, 'nodes') : [];
  return nodes.flatMap((node) => textProperty(property(node, 'fallback'), 'template') ?? []);
}

function leftOut(
  lifeCycles: ReadonlyMap<string, LifeCycle>,
  matrix: readonly Notification[],
): { code: string; missing: Audience }[] {
  const wanted = [...lifeCycles.values()].flatMap(({ moves }) =>
    moves.flatMap(({ code, tells }) => tells.filter((to) => CITIZENS.includes(to)).map((missing) => ({ code, missing }))),
  );
  const open = wanted.filter(
    ({ code, missing }) => linesFor(matrix, 'service_request_moved', { move: code, tells: [missing] }).length === 0,
  );
  return [...new Map(open.map((one) => [`${one.code}|${one.missing}`, one])).values()];
}
