/** Writes down who is to be told of an event, in its transaction. Told they are a moment later (send.ts), once, whatever crashes. */
import type { Tx } from '@hazir/store';
import type { Actor } from '../actor.ts';
import { postAt } from '../clocks/ladder.ts';
import { promiseFor } from '../clocks/rules.ts';
import type { RequestDesk } from '../desk.ts';
import type { Audience } from '../life-cycles/life-cycle.ts';
import type { NewEvent } from '../record-event.ts';
import type { RequestRow } from '../records.ts';
import { NOTIFIED_EVENTS, type NotifiedEvent } from '../request-events.ts';
import { above, headOf, type Post } from '../responsibility/responsibility.ts';
import { linesFor } from './matrix.ts';

interface Happened {
  row: RequestRow;
  event: Pick<NewEvent, 'id' | 'type' | 'move'>;
  actor: Actor;
  /** Only these are told; undefined where the matrix alone decides. */
  tells?: readonly Audience[];
}

/** Nobody is told of what they did themselves. */
export async function notify(tx: Tx, desk: RequestDesk, happened: Happened): Promise<void> {
  const { row, event, actor, tells } = happened;
  const type = NOTIFIED_EVENTS.find((one) => one === event.type);
  if (type === undefined) return;
  for (const { to, ...line } of linesFor(desk.notifications, type satisfies NotifiedEvent, { move: event.move, tells })) {
    const notice = { ...line, event: event.id };
    if (to === 'citizen') {
      if (actor.as !== 'citizen') await noteCitizen(tx, row, notice);
    } else if (to === 'followers')
      await noteFollowers(tx, row, { ...notice, but: 'contactId' in actor ? actor.contactId : null });
    else await notePost(tx, row, { ...notice, post: postFor(desk, row, to), actor });
  }
}

interface Notice {
  flow: string;
  channel: string | undefined;
  event: string;
}

/** The post that an audience means for a request. */
function postFor(desk: RequestDesk, row: RequestRow, to: Exclude<Audience, 'citizen' | 'followers'>): Post | undefined {
  const { posts } = desk.responsibility;
  if (to === 'assignee') return posts.get(row.post ?? '');
  if (to === 'supervisor') return above(posts, row.post)[0];
  if (to === 'escalated') return escalatedTo(desk, row);
  return row.department === null ? undefined : headOf(posts, row.department);
}

function escalatedTo(desk: RequestDesk, row: RequestRow): Post | undefined {
  const rung = promiseFor(desk.clocks, desk.categories, row)?.policy.ladder[row.escalation_level - 1];
  return rung && postAt(desk.responsibility.posts, row.post, rung.to);
}

/** Begins with the event's time, so that what happened first is told first; the rest tells its hearers apart. */
const NOTICE_ID = `(left($3::text, 14) || substr(h, 1, 4) || '-' || substr(h, 5, 4) || '-' || substr(h, 9, 12))::uuid`;
const INPUTS = `jsonb_build_object('reference', $4::text, 'event', $3::text)`;

/** True on the channels of which a line of the matrix is: their type is bound as $7. */
const onChannel = (id: string) =>
  `($7::text is null or exists (select from channels c where c.id = ${id} and c.channel_type = $7::text))`;

async function noteCitizen(tx: Tx, row: RequestRow, { flow, channel, event }: Notice): Promise<void> {
  await tx.query(
    `insert into service_request_notices (organization_id, id, contact_id, channel_id, flow, inputs)
     select $1, ${NOTICE_ID}, $2::uuid, $6::int, $5, ${INPUTS} from md5($3::text || $2::uuid::text || $5) h
      where $6::int is not null and ${onChannel('$6::int')} on conflict do nothing`,
    [row.organization_id, row.contact_id, event, row.reference, flow, row.channel_id, channel ?? null],
  );
}

async function noteFollowers(
  tx: Tx,
  row: RequestRow,
  { flow, channel, event, but }: Notice & { but: string | null },
): Promise<void> {
  await tx.query(
    `insert into service_request_notices (organization_id, id, contact_id, channel_id, flow, inputs)
     select $1, ${NOTICE_ID}, f.contact_id, f.channel_id, $5, ${INPUTS}
       from service_request_followers f, md5($3::text || f.contact_id::text || $5) h
      where f.organization_id = $1 and f.request_id = $2 and f.channel_id is not null
        and f.contact_id is distinct from $6 and ${onChannel('f.channel_id')} on conflict do nothing`,
    [row.organization_id, row.id, event, row.reference, flow, but, channel ?? null],
  );
}

/** Officers are told on the number by which a request came, where there is none (Open311, the API) on the organization's first. */
const CHANNEL_OF_POST = `(select c.id from channels c where c.organization_id = $1 and ($7::text is null or c.channel_type = $7::text)
  order by c.id is not distinct from $6::int desc, c.id limit 1)`;

async function notePost(
  tx: Tx,
  row: RequestRow,
  { flow, channel, event, post, actor }: Notice & { post: Post | undefined; actor: Actor },
): Promise<void> {
  if (post?.phone === undefined || (actor.as === 'officer' && actor.post === post.code)) return;
  await tx.query(
    `insert into service_request_notices (organization_id, id, phone, channel_id, flow, inputs)
     select $1, ${NOTICE_ID}, $2, own.id, $5, ${INPUTS} from md5($3::text || $2 || $5) h, ${CHANNEL_OF_POST} own on conflict do nothing`,
    [row.organization_id, post.phone, event, row.reference, flow, row.channel_id, channel ?? null],
  );
}
