/**
 * The requests that a filter means. Whoever has no key for details sees places to about a hundred metres only, and is
 * searched by those places too: nobody can close in on a house by asking again with a smaller circle.
 */
import type { Json, JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import type { StateKind } from '../life-cycles/life-cycle.ts';
import type { RequestFilter } from './protocol/filter.ts';

export interface FoundRequest {
  contact_id: string;
  id: string;
  reference: string;
  service_code: string;
  department: string | null;
  kind: StateKind;
  status: string;
  description: string;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  created_at: Date;
  updated_at: Date;
  expected_at: Date | null;
  address_id: string | null;
  media_url: string | null;
  attributes: JsonObject | null;
  /** What an officer wrote last. */
  note: string | null;
  /** When extensions are wanted: what happened, oldest first. */
  events: { at: string; type: string; move: string | null; note: string | null }[] | null;
}

const METRES = `12742000 * asin(sqrt(least(1, power(sin(radians(p.latitude - $lat) / 2), 2)
  + cos(radians($lat)) * cos(radians(p.latitude)) * power(sin(radians(p.longitude - $long) / 2), 2))))`;
/** Of latitude; a little less than the least there is. */
const METRES_OF_DEGREE = 110_000;
const EVENTS = `(select jsonb_agg(jsonb_build_object('at', e.happened_at, 'type', e.type, 'move', e.move, 'note', e.note) order by e.happened_at, e.id)
  from service_request_events e where e.organization_id = r.organization_id and e.contact_id = r.contact_id and e.request_id = r.id)`;
const NOTE = `(select e.note from service_request_events e where e.organization_id = r.organization_id and e.contact_id = r.contact_id
  and e.request_id = r.id and e.note is not null and e.actor <> 'citizen' order by e.happened_at desc, e.id desc limit 1)`;
/** Decimals of a degree: about 100 metres, and about one centimetre. */
/** What was said in a chat stands with the event that opened the request. */
const ATTRIBUTES = `coalesce(o.attributes, (select e.details -> 'attributes' from service_request_events e where e.organization_id = r.organization_id
  and e.contact_id = r.contact_id and e.request_id = r.id and e.type = 'service_request_opened' limit 1))`;
const COARSE = 3;
const EXACT = 7;

/** The latest first. */
export async function findRequests(
  tx: Tx,
  organizationId: number,
  { filter, details }: { filter: RequestFilter; details: boolean },
): Promise<FoundRequest[]> {
  const values: (Json | Date | readonly string[])[] = [organizationId];
  const bind = (value: Json | Date | readonly string[]) => `$${values.push(value)}`;
  const where = ['r.organization_id = $1', ...conditionsOf(filter, bind)];
  const decimals = details ? EXACT : COARSE;
  const { rows } = await tx.query<FoundRequest>(
    `select r.contact_id, r.id, r.reference, r.service_code, r.department, r.kind, r.status, r.description, r.address, p.latitude, p.longitude, r.created_at,
        coalesce(r.closed_at, r.updated_at) as updated_at, r.expected_at, o.address_id, o.media_url, ${filter.extensions ? ATTRIBUTES : 'null::jsonb'} as attributes,
        ${details ? NOTE : 'null'} as note, ${filter.extensions ? EVENTS : 'null'} as events
       from service_requests r
       cross join lateral (select round(r.latitude::numeric, ${decimals})::float8 as latitude, round(r.longitude::numeric, ${decimals})::float8 as longitude) p
       left join open311_requests o on o.organization_id = r.organization_id and o.contact_id = r.contact_id and o.request_id = r.id
      where ${where.join(' and ')}
      order by r.created_at desc, r.id desc limit ${bind(filter.limit)} offset ${bind(filter.offset)}`,
    values,
  );
  return rows;
}

type Bind = (value: Json | Date | readonly string[]) => string;

function conditionsOf({ references, serviceCodes, statuses, requested, updated, near }: RequestFilter, bind: Bind): string[] {
  if (references.length > 0) {
    return [
      `(r.contact_id, r.id) in (select f.contact_id, f.request_id from service_request_references f
        where f.organization_id = $1 and f.reference = any(${bind(references)}))`,
    ];
  }
  const found: string[] = [];
  if (serviceCodes.length > 0) found.push(`r.service_code = any(${bind(serviceCodes)})`);
  if (statuses.length > 0) found.push(`(case r.kind when 'closed' then 'closed' else 'open' end) = any(${bind(statuses)})`);
  if (requested !== undefined) found.push(`r.created_at between ${bind(requested.from)} and ${bind(requested.to)}`);
  if (updated !== undefined) {
    const [from, to] = [bind(updated.from), bind(updated.to)];
    // Whatever changed has an event, and events are found by their time.
    found.push(`(r.contact_id, r.id) in (select e.contact_id, e.request_id from service_request_events e
      where e.organization_id = $1 and e.happened_at between ${from} and ${to})`);
    found.push(`coalesce(r.closed_at, r.updated_at) between ${from} and ${to}`);
  }
  if (near !== undefined) {
    const [latitude, longitude] = [bind(near.latitude), bind(near.longitude)].map((place) => `${place}::float8`);
    // A band first: the distance itself is dear.
    const degrees = `${bind(near.metres / METRES_OF_DEGREE)}::float8`;
    found.push(`p.latitude between ${latitude} - ${degrees} and ${latitude} + ${degrees}`);
    const metres = METRES.replaceAll('$lat', latitude ?? '').replaceAll('$long', longitude ?? '');
    found.push(`${metres} <= ${bind(near.metres)}`);
  }
  return found;
}
