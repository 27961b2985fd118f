/**
 * Meta's error codes and what they mean for sending, as data. Titles are ours: Meta's messages may quote a phone number.
 * A remedy tells the operator what to do next. Codes from Meta's error page and from mature clients (kapso, courier).
 */

export type ErrorAction =
  | { type: 'retry'; scope: 'message' | 'pair' | 'account'; after?: number }
  | { type: 'window_closed' }
  | { type: 'rejected'; reason: 'unreachable' | 'opted_out' | 'bad_request' | 'template' | 'feature' }
  | { type: 'account_stopped' };

export interface ErrorRow {
  /** Single codes, or first and last of a range, both included. */
  codes: readonly (number | readonly [number, number])[];
  action: ErrorAction;
  title: string;
  remedy: string;
}

const minute = 60_000;
const stopped: ErrorAction = { type: 'account_stopped' };
const again: ErrorAction = { type: 'retry', scope: 'message' };
const slower: ErrorAction = { type: 'retry', scope: 'account' };
const unreachable: ErrorAction = { type: 'rejected', reason: 'unreachable' };
const badRequest: ErrorAction = { type: 'rejected', reason: 'bad_request' };
const template: ErrorAction = { type: 'rejected', reason: 'template' };
const feature: ErrorAction = { type: 'rejected', reason: 'feature' };

const nothingToDo = 'Nothing to do: Hazir tries again by itself.';
const sendAnotherWay = 'Reach the citizen by another way, for example by SMS or a call.';
const tellDevelopers = 'Report it to the developers with the code and the time; the message will not be sent again.';
const enableFeature = 'Set the feature up in WhatsApp Manager before a flow uses it, or take it out of the flow.';

export const errorTable: readonly ErrorRow[] = [
  // Throttles.
  { codes: [131056], action: { type: 'retry', scope: 'pair' }, title: 'Too many messages to one citizen', remedy: nothingToDo },
  {
    codes: [130429],
    action: slower,
    title: 'Sending faster than the number may',
    remedy: 'Nothing to do unless it lasts: then lower the rate of the number or ask Meta for a higher one.',
  },
  {
    codes: [4, 80007],
    action: slower,
    title: 'Too many calls to the Graph API',
    remedy: 'Look for another program that uses the same app; Hazir waits and tries again.',
  },
  {
    codes: [133016],
    action: slower,
    title: 'Too many attempts to register the number',
    remedy: 'Stop registering the number again; Meta lifts the limit after up to 72 hours.',
  },
  {
    codes: [131064],
    action: slower,
    title: 'Meta limits this account for the moment',
    remedy: 'Look at the account in WhatsApp Manager if it lasts for more than an hour.',
  },
  {
    codes: [131048],
    action: { type: 'retry', scope: 'account', after: 10 * minute },
    title: 'Limited because of low quality',
    remedy: 'Look at the quality rating of the number in WhatsApp Manager, and pause broadcasts.',
  },
  // Passing troubles.
  {
    codes: [1, 2, 131000, 131016],
    action: again,
    title: 'WhatsApp has a passing trouble',
    remedy: 'Nothing to do unless it lasts: then look at https://metastatus.com.',
  },
  {
    codes: [131057],
    action: { type: 'retry', scope: 'account', after: minute },
    title: 'The number is under maintenance',
    remedy: 'Nothing to do: an upgrade takes about a minute.',
  },
  { codes: [133004], action: again, title: 'WhatsApp is not available for the moment', remedy: nothingToDo },
  // Access.
  {
    codes: [0, 190],
    action: stopped,
    title: 'The access token is not valid',
    remedy: 'Make a new system user token in Meta Business Suite and set it with the channel.',
  },
  {
    codes: [3, 10, [200, 299], 131005],
    action: stopped,
    title: 'The access token lacks a permission',
    remedy: 'Grant whatsapp_business_messaging and whatsapp_business_management to the system user, for this account.',
  },
  // Account.
  {
    codes: [368],
    action: stopped,
    title: 'Blocked for breaking a policy',
    remedy: 'Read the notice in WhatsApp Manager, Account quality, and ask for a review.',
  },
  {
    codes: [131031],
    action: stopped,
    title: 'The account is locked',
    remedy: 'Open WhatsApp Manager, Account quality, and follow what Meta asks for there.',
  },
  {
    codes: [131042],
    action: stopped,
    title: 'Meta could not charge the account',
    remedy: 'Check the payment method, currency and credit line of the account in Meta Business Suite.',
  },
  {
    codes: [131037],
    action: stopped,
    title: 'The display name is not approved',
    remedy: 'Have the display name of the number approved in WhatsApp Manager.',
  },
  {
    codes: [133010, 133015, 131045],
    action: stopped,
    title: 'The number is not registered',
    remedy: 'Register the number with the Cloud API again, with its two-step PIN.',
  },
  {
    codes: [133000, 133005, 133006, 133008, 133009],
    action: stopped,
    title: 'The registration of the number is not complete',
    remedy: 'Verify the number and check its two-step PIN, then register it again.',
  },
  // A single citizen. 130497 is the citizen's country: stopping the account for it would let one visitor silence a number.
  {
    codes: [130497],
    action: unreachable,
    title: 'Messages to this country are not allowed',
    remedy: 'Check in WhatsApp Manager which countries the account may write to.',
  },
  {
    codes: [131026],
    action: unreachable,
    title: 'Undeliverable',
    remedy: `The person may have no WhatsApp, an old version or a block. ${sendAnotherWay}`,
  },
  {
    codes: [131021],
    action: unreachable,
    title: 'A number cannot write to itself',
    remedy: 'Test from another phone than that of the business.',
  },
  {
    codes: [131030],
    action: unreachable,
    title: 'Not on the allow list of a test number',
    remedy: 'Add the phone under App dashboard, WhatsApp, API setup, or use a production number.',
  },
  {
    codes: [130472, 131049],
    action: unreachable,
    title: 'Meta holds marketing back from this person',
    remedy: 'Do not send it again within 24 hours; services should use utility templates.',
  },
  {
    codes: [131050],
    action: { type: 'rejected', reason: 'opted_out' },
    title: 'The person stopped marketing messages',
    remedy: 'Respect it: send only what the person asks for.',
  },
  {
    codes: [131062],
    action: unreachable,
    title: 'This message needs a phone number',
    remedy: 'Ask for the phone number in the flow first: one-time codes cannot go to a user id.',
  },
  {
    codes: [137000],
    action: unreachable,
    title: 'The identity of the person changed',
    remedy: 'Verify the person again before sending anything personal.',
  },
  {
    codes: [131035, 131036],
    action: unreachable,
    title: 'Content was lost because storage is off',
    remedy: 'Ask the citizen to write again, and check the storage settings of the number.',
  },
  // The service window.
  {
    codes: [131047, 470],
    action: { type: 'window_closed' },
    title: 'More than 24 hours since the citizen wrote',
    remedy: 'Name a fall-back template in the flow; without one the message waits for nothing.',
  },
  // Our own mistakes.
  {
    codes: [33, 100, 131008, 131009, 131051, 131055, 131059, 131063, 135000],
    action: badRequest,
    title: 'WhatsApp refused the form of the message',
    remedy: tellDevelopers,
  },
  {
    codes: [131053],
    action: badRequest,
    title: 'WhatsApp could not take the file',
    remedy: 'Check type and size of the file: JPEG, PNG, MP4, Ogg Opus or PDF within the limits.',
  },
  {
    codes: [131052],
    action: badRequest,
    title: 'The file of the citizen cannot be downloaded',
    remedy: 'Ask the citizen to send the file again, smaller than 100 MB.',
  },
  // Templates.
  {
    codes: [132000, 132005, 132008, 132012, 132018],
    action: template,
    title: 'The values do not fit the template',
    remedy: 'Compare the number and the kind of values in the flow with the template in WhatsApp Manager.',
  },
  {
    codes: [132001],
    action: template,
    title: 'No such template in this language',
    remedy: 'Create the template in this language, or correct its name in the flow.',
  },
  {
    codes: [132007],
    action: template,
    title: 'The template breaks a policy',
    remedy: 'Change the template in WhatsApp Manager and submit it again.',
  },
  {
    codes: [132015, 132016],
    action: template,
    title: 'The template is paused or disabled',
    remedy: 'Improve the template: citizens reported it. A pause ends by itself, a disabled one needs a new template.',
  },
  {
    codes: [132068, 132069],
    action: template,
    title: 'The form in the template is blocked or throttled',
    remedy: 'Repair the form (Flow) in WhatsApp Manager.',
  },
  // Features with a set-up of their own: payments, groups, calls, block list and forms, usernames, synchronisation.
  {
    codes: [134011, [134100, 134102], 2046, 2047],
    action: feature,
    title: 'The payment was refused',
    remedy: 'Check the payment configuration and its terms in WhatsApp Manager.',
  },
  { codes: [131020, 131041, [131201, 131215]], action: feature, title: 'Groups are not available', remedy: enableFeature },
  { codes: [[138000, 138999]], action: feature, title: 'Calls are not available', remedy: enableFeature },
  { codes: [[139000, 139999]], action: feature, title: 'The block list or form request was refused', remedy: enableFeature },
  {
    codes: [[147001, 147005]],
    action: feature,
    title: 'The username was refused',
    remedy: 'Choose another username: 3 to 35 of a-z, 0-9, dot and underscore.',
  },
  {
    codes: [2593107, 2593108],
    action: feature,
    title: 'Contacts and history cannot be synchronised now',
    remedy: 'Start the synchronisation once, within 24 hours of connecting the number.',
  },
];

/** An object that does not exist or may not be seen: Graph says 100 with this sub-code for a wrong phone-number id. */
export const unknownObject = { code: 100, subcode: 33 } as const;
export const unknownObjectRow: Omit<ErrorRow, 'codes'> = {
  action: stopped,
  title: 'The number is unknown to this access token',
  remedy: 'Check the phone-number id of the channel, and that the token may use its account.',
};

/** The row of a code; undefined for a code that is not in the table. */
export function findError(code: number): ErrorRow | undefined {
  return rows.get(code) ?? ranges.find(({ first, last }) => code >= first && code <= last)?.row;
}

const rows: ReadonlyMap<number, ErrorRow> = new Map(
  errorTable.flatMap((row) => row.codes.flatMap((code) => (typeof code === 'number' ? [[code, row] as const] : []))),
);
const ranges = errorTable.flatMap((row) =>
  row.codes.flatMap((code) => (typeof code === 'number' ? [] : [{ first: code[0], last: code[1], row }])),
);
