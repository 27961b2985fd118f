/**
 * A request as Open311 shows it. What a citizen or an officer wrote, the address, the photo and what the attributes say may
 * name people: only a key for details shows them.
 */
import { isJsonObject, type JsonObject } from '@hazir/core';
import type { Category } from '../categories.ts';
import { departmentName, lifeCycleOf } from '../desk.ts';
import { stateOf } from '../life-cycles/life-cycle.ts';
import { nameIn, type Open311Desk } from './desk.ts';
import { writeMoment } from './protocol/moments.ts';
import type { Document } from './protocol/render.ts';
import type { FoundRequest } from './read-requests.ts';
import { openOrClosed } from './status.ts';

export interface Showing {
  desk: Open311Desk;
  language: string;
  /** The key allows to see what may name people. */
  details: boolean;
}

const ZIP = /(?<!\d)[1-9]\d{5}(?!\d)/;

export function requestList(found: readonly FoundRequest[], showing: Showing): Document {
  return { root: 'service_requests', body: found.map((request) => requestCard(request, showing)) };
}

function requestCard(request: FoundRequest, showing: Showing): JsonObject {
  const { desk, language, details } = showing;
  const category = desk.categories.byCode(request.service_code);
  const agency = request.department ?? category?.department;
  const state = stateOf(lifeCycleOf(desk, request.service_code), request.status, request.kind);
  return {
    service_request_id: request.reference,
    status: openOrClosed(request.kind),
    status_notes: (details ? request.note : null) ?? nameIn(desk, state.name, language),
    service_name: category === undefined ? request.service_code : nameIn(desk, category.name, language),
    service_code: request.service_code,
    description: details ? request.description : null,
    agency_responsible: agency === undefined ? null : departmentName(desk, agency, language),
    service_notice: null,
    requested_datetime: writeMoment(request.created_at),
    updated_datetime: writeMoment(request.updated_at),
    expected_datetime: request.expected_at === null ? null : writeMoment(request.expected_at),
    address: details ? request.address : null,
    address_id: details ? request.address_id : null,
    zipcode: ZIP.exec(request.address ?? '')?.[0] ?? null,
    lat: request.latitude,
    long: request.longitude,
    media_url: details ? request.media_url : null,
    ...(request.events !== null && extensionsOf(request, category, showing)),
  };
}

/** "Update history" and "extended attributes" of the list of extensions. */
function extensionsOf(request: FoundRequest, category: Category | undefined, { desk, language, details }: Showing): JsonObject {
  const given = details ? (request.attributes ?? {}) : {};
  return {
    attributes: Object.entries(given).map(([code, value]) => {
      const attribute = category?.attributes.find((one) => one.code === code);
      return {
        code,
        label: attribute === undefined ? code : nameIn(desk, attribute.description, language),
        value: shownValue(value),
      };
    }),
    extended_attributes: { state: request.status, state_kind: request.kind },
    notes: (request.events ?? []).map(({ at, type, move, note }) => ({
      datetime: writeMoment(new Date(at)),
      description: details ? note : null,
      type: move ?? type,
    })),
  };
}

function shownValue(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : isJsonObject(value) ? '' : String(value);
}
