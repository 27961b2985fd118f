/**
 * The states of a request and what leads from one to another. A state is never set: it follows from the events.
 *
 * open -> work_started -> in_progress -> put_on_hold -> on_hold -> work_started ...; any of them -> service_request_closed
 * -> closed -> service_request_reopened -> open. Notes, attachments and ratings change nothing.
 */
export const REQUEST_STATUSES = ['open', 'in_progress', 'on_hold', 'closed'] as const;

export type RequestStatus = (typeof REQUEST_STATUSES)[number];

export const REQUEST_EVENTS = [
  'service_request_opened',
  'work_started',
  'put_on_hold',
  'note_added',
  'attachment_added',
  'service_request_closed',
  'service_request_reopened',
  'service_request_rated',
] as const;

export type RequestEvent = (typeof REQUEST_EVENTS)[number];

/** What an officer may cause. */
export type OfficerEvent = 'work_started' | 'put_on_hold' | 'service_request_closed';

const next: Readonly<Partial<Record<RequestEvent, RequestStatus>>> = {
  service_request_opened: 'open',
  work_started: 'in_progress',
  put_on_hold: 'on_hold',
  service_request_closed: 'closed',
  service_request_reopened: 'open',
};

/** The state after an event. */
export function statusAfter(status: RequestStatus, event: RequestEvent): RequestStatus {
  return next[event] ?? status;
}

/** True when an officer may do this in this state: a closed request is the citizen's to reopen. */
export function mayFollow(status: RequestStatus, event: OfficerEvent): boolean {
  return status !== 'closed' && statusAfter(status, event) !== status;
}

/** The last moment at which a citizen may reopen; it still counts. */
export function reopenUntil(closedAt: Date, reopenHours: number): Date {
  return new Date(closedAt.getTime() + reopenHours * 3_600_000);
}
