/**
 * Every route of the officers' API, called with what belongs to another organization. A new route needs a line here (tests/structure/tenancy.test.ts),
 * and tests/api/tenancy.test.ts walks them.
 */

/** Things of another organization, and one request of the caller's own. */
export interface Foreign {
  reference: string;
  file: string;
  ticket: string;
  line: string;
  officer: string;
  grant: string;
  session: string;
  shift: string;
  /** Of a program. */
  key: string;
  channel: string;
  contact: string;
  email: string;
  own: { reference: string; ticket: string };
}

export interface TenancyCall {
  /** Below /api/v1, with what is of others in it. */
  path: string;
  body?: unknown;
  /**
   * refused: 403 or 404, and nothing is told; own: answered, and with nothing of others; bad: refused in another way, because what is named is
   * none of the caller's; open: of no organization.
   */
  answer: 'refused' | 'own' | 'bad' | 'open';
}

type Calls = (foreign: Foreign) => TenancyCall[];

const refused =
  (path: (foreign: Foreign) => string, body?: unknown): Calls =>
  (foreign) => [{ path: path(foreign), body, answer: 'refused' }];
const own =
  (...paths: ((foreign: Foreign) => string)[]): Calls =>
  (foreign) =>
    paths.map((path) => ({ path: path(foreign), answer: 'own' }));

export const TENANCY: Readonly<Record<string, Calls>> = {
  'GET /me': own(() => '/me'),
  'GET /doors': () => [{ path: '/doors', answer: 'open' }],
  // A stream: what it tells is walked in tests/helpline.
  'GET /events': () => [],
  'GET /requests': own(
    () => '/requests?limit=200',
    () => '/requests?kind=closed',
    ({ reference }) => `/requests?reference=${reference}`,
  ),
  'GET /requests/vocabulary': own(() => '/requests/vocabulary'),
  'GET /requests/counts': own(() => '/requests/counts'),
  'GET /requests/boundaries': own(() => '/requests/boundaries'),
  'GET /requests/{reference}': refused(({ reference }) => `/requests/${reference}`),
  'GET /requests/{reference}/files/{file}': (foreign) => [
    { path: `/requests/${foreign.reference}/files/${foreign.file}`, answer: 'refused' },
    { path: `/requests/${foreign.own.reference}/files/${foreign.file}`, answer: 'refused' },
  ],
  'POST /requests/{reference}/moves': refused(({ reference }) => `/requests/${reference}/moves`, { move: 'start' }),
  'POST /requests/{reference}/notes': refused(({ reference }) => `/requests/${reference}/notes`, { note: 'x' }),
  'POST /requests/{reference}/transfers': refused(({ reference }) => `/requests/${reference}/transfers`, {
    to: { department: 'roads' },
  }),
  'POST /requests/{reference}/assignments': refused(({ reference }) => `/requests/${reference}/assignments`, {
    post: 'roads-gn',
  }),
  'POST /requests/{reference}/merges': ({ reference, own: { reference: mine } }) => [
    { path: `/requests/${reference}/merges`, body: { into: mine }, answer: 'refused' },
    { path: `/requests/${mine}/merges`, body: { into: reference }, answer: 'bad' },
  ],
  'GET /numbers': own(() => '/numbers?days=366'),
  'GET /documents': own(() => '/documents'),
  'GET /documents/{number}': refused(() => '/documents/4821-9374-0167'),
  'POST /documents/{number}/revocations': refused(() => '/documents/4821-9374-0167/revocations', { reason: 'x' }),
  'POST /documents/{number}/corrections': refused(() => '/documents/4821-9374-0167/corrections', { field: 'name', value: 'x' }),
  'GET /contacts': own(() => '/contacts?search=zanzibar'),
  'GET /contacts/{contact}': refused(({ contact }) => `/contacts/${contact}`),
  'GET /contacts/{contact}/talk': refused(({ contact }) => `/contacts/${contact}/talk`),
  'GET /tickets': own(
    () => '/tickets?view=all&limit=200',
    () => '/tickets?view=closed',
    ({ ticket }) => `/tickets?after=${ticket}`,
  ),
  'GET /tickets/counts': own(() => '/tickets/counts'),
  'GET /tickets/{ticket}': refused(({ ticket }) => `/tickets/${ticket}`),
  'GET /tickets/{ticket}/files/{line}': ({ ticket, line, own: { ticket: mine } }) => [
    { path: `/tickets/${ticket}/files/${line}`, answer: 'refused' },
    { path: `/tickets/${mine}/files/${line}`, answer: 'refused' },
  ],
  'POST /tickets/{ticket}/files': refused(({ ticket }) => `/tickets/${ticket}/files?name=a.pdf`, 'bytes'),
  'POST /tickets/{ticket}/messages': refused(({ ticket }) => `/tickets/${ticket}/messages`, { text: 'x' }),
  'POST /tickets/{ticket}/notes': refused(({ ticket }) => `/tickets/${ticket}/notes`, { text: 'x' }),
  'POST /tickets/{ticket}/assignments': refused(({ ticket }) => `/tickets/${ticket}/assignments`, { take: true }),
  'POST /tickets/{ticket}/transfers': refused(({ ticket }) => `/tickets/${ticket}/transfers`, { topic: 'x' }),
  'POST /tickets/{ticket}/follow-ups': refused(({ ticket }) => `/tickets/${ticket}/follow-ups`, { at: null }),
  'POST /tickets/{ticket}/invitations': refused(({ ticket }) => `/tickets/${ticket}/invitations`, {}),
  'POST /tickets/{ticket}/presence': refused(({ ticket }) => `/tickets/${ticket}/presence`, { writing: true }),
  'POST /tickets/{ticket}/closures': refused(({ ticket }) => `/tickets/${ticket}/closures`, { outcome: 'solved' }),
  'GET /helpline': own(() => '/helpline'),
  'PUT /helpline/duty': () => [{ path: '/helpline/duty', body: { available: false }, answer: 'own' }],
  'GET /helpline/agents': own(() => '/helpline/agents'),
  'PUT /helpline/agents/{officer}': refused(({ officer }) => `/helpline/agents/${officer}`, {
    ...{ desks: [], languages: [], capacity: 1, phone: null },
  }),
  'GET /helpline/shifts': own(() => '/helpline/shifts'),
  'POST /helpline/shifts': ({ officer }) => {
    const times = { startsAt: '2030-01-01T00:00:00Z', endsAt: '2030-01-01T08:00:00Z' };
    return [{ path: '/helpline/shifts', body: { desk: 'help', officer, rank: 1, ...times }, answer: 'bad' }];
  },
  'DELETE /helpline/shifts/{shift}': refused(({ shift }) => `/helpline/shifts/${shift}`),
  'GET /account': own(() => '/account'),
  'DELETE /account/sessions/{session}': refused(({ session }) => `/account/sessions/${session}`),
  'DELETE /account/sessions': own(() => '/account/sessions'),
  'POST /account/language': () => [{ path: '/account/language', body: { language: 'en' }, answer: 'own' }],
  'GET /audit': own(
    () => '/audit?limit=200',
    ({ reference }) => `/audit?subject=${reference}`,
    ({ officer }) => `/audit?actor=officer-${officer}`,
    ({ contact }) => `/audit?contact=${contact}`,
  ),
  'GET /audit/vocabulary': own(() => '/audit/vocabulary'),
  'GET /audit.csv': own(
    () => '/audit.csv',
    ({ contact }) => `/audit.csv?contact=${contact}`,
  ),
  'GET /team': own(() => '/team'),
  'GET /team/vocabulary': own(() => '/team/vocabulary'),
  'POST /team': ({ email }) => [{ path: '/team', body: { email, name: 'x', role: 'officer' }, answer: 'bad' }],
  'POST /team/{officer}/roles': refused(({ officer }) => `/team/${officer}/roles`, { role: 'officer' }),
  'DELETE /team/{officer}/roles/{grant}': refused(({ officer, grant }) => `/team/${officer}/roles/${grant}`),
  'POST /team/{officer}/suspensions': refused(({ officer }) => `/team/${officer}/suspensions`, { suspended: true }),
  'POST /team/{officer}/links': refused(({ officer }) => `/team/${officer}/links`, {}),
  'GET /channels': own(() => '/channels'),
  'POST /channels': () => {
    const body = { phoneNumberId: '1', businessId: '2', accessToken: 'x', appSecret: 'x', name: 'x', pack: 'mumbai' };
    return [{ path: '/channels', body, answer: 'bad' }];
  },
  'POST /channels/checks': () => [
    { path: '/channels/checks', body: { phoneNumberId: '1', businessId: '2', accessToken: 'x' }, answer: 'own' },
  ],
  'GET /channels/{channel}/health': refused(({ channel }) => `/channels/${channel}/health`),
  'POST /channels/{channel}/resumptions': refused(({ channel }) => `/channels/${channel}/resumptions`),
  'POST /channels/{channel}/subscriptions': refused(({ channel }) => `/channels/${channel}/subscriptions`),
  'GET /channels/{channel}/templates': refused(({ channel }) => `/channels/${channel}/templates`),
  'POST /channels/{channel}/templates': refused(({ channel }) => `/channels/${channel}/templates`, { name: 'a', language: 'en' }),
  'GET /keys': own(() => '/keys'),
  'POST /keys': () => [{ path: '/keys', body: { name: 'x', scopes: ['read'], post: 'nowhere' }, answer: 'bad' }],
  'DELETE /keys/{key}': refused(({ key }) => `/keys/${key}`),
  'POST /set-up/look': () => [{ path: '/set-up/look', body: { secret: 'none' }, answer: 'open' }],
  'POST /set-up': () => {
    const officer = { email: 'new@demo.invalid', name: 'x', password: 'a long password' };
    const organization = { slug: 'other', name: 'x' };
    return [{ path: '/set-up', body: { secret: 'none', organization, officer }, answer: 'open' }];
  },
  'POST /links/look': () => [{ path: '/links/look', body: { link: 'none' }, answer: 'open' }],
  'POST /links/use': () => [{ path: '/links/use', body: { link: 'none', password: 'a long password' }, answer: 'open' }],
};
