/** What happens to requests, in the past tense. Every change of state is a move; the rest leaves the state as it is. */

export const REQUEST_EVENTS = [
  'service_request_opened',
  'service_request_moved',
  'note_added',
  'attachment_added',
  'service_request_rated',
  'service_request_followed',
  'duplicate_joined',
  'citizen_reminded',
  'due_date_neared',
  'due_date_reached',
  'due_date_passed',
  'service_request_escalated',
  'expected_date_moved',
] as const;

export type RequestEvent = (typeof REQUEST_EVENTS)[number];

/** Of these somebody may be told. */
export const NOTIFIED_EVENTS = [
  'service_request_opened',
  'service_request_moved',
  'note_added',
  'attachment_added',
  'service_request_followed',
  'duplicate_joined',
  'citizen_reminded',
  'due_date_neared',
  'due_date_reached',
  'due_date_passed',
  'service_request_escalated',
  'expected_date_moved',
] as const;

export type NotifiedEvent = (typeof NOTIFIED_EVENTS)[number];
