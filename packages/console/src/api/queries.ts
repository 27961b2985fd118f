/** What the pages ask, under keys by which it is asked again. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, client } from './client.ts';
import type { paths } from './generated/schema.d.ts';

export type RequestQuery = Omit<NonNullable<paths['/requests']['get']['parameters']['query']>, 'after' | 'limit'>;

export type AuditQuery = NonNullable<paths['/audit.csv']['get']['parameters']['query']>;

/** What a change of the team sends. */
export type TeamBody<Path extends '/team' | '/team/{officer}/roles'> =
  paths[Path]['post']['requestBody']['content']['application/json'];

export type SetUpBody = paths['/set-up']['post']['requestBody']['content']['application/json'];

const PAGE = 50;
/** An officer's list is at most so old, whoever else works. */
const FRESH_MS = 15_000;
const MOST_PAGES = 4;

/** Not of a list that was scrolled far: all its pages would be asked for again. */
function unlessLong(ms: number) {
  return ({ state: { data } }: { state: { data?: { pages: readonly unknown[] } | undefined } }) =>
    (data?.pages.length ?? 0) > MOST_PAGES ? false : ms;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answerOf(client.GET('/me')),
  retry: false,
  staleTime: 60_000,
});

export const vocabularyQuery = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: () => answerOf(client.GET('/requests/vocabulary')),
  staleTime: 300_000,
});

export function requestsQuery(query: RequestQuery) {
  return infiniteQueryOptions({
    queryKey: ['requests', query],
    queryFn: ({ pageParam }) =>
      answerOf(client.GET('/requests', { params: { query: { ...query, limit: PAGE, ...(pageParam && { after: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: unlessLong(FRESH_MS),
  });
}

export type CountQuery = NonNullable<paths['/requests/counts']['get']['parameters']['query']>;

/** Under the key of the lists: what changes them changes the numbers. */
export function countsQuery(query: CountQuery) {
  return queryOptions({
    queryKey: ['requests', 'counts', query],
    queryFn: () => answerOf(client.GET('/requests/counts', { params: { query } })),
    refetchInterval: FRESH_MS,
  });
}

export const boundariesQuery = queryOptions({
  queryKey: ['boundaries'],
  queryFn: () => answerOf(client.GET('/requests/boundaries')),
  staleTime: Number.POSITIVE_INFINITY,
});

export function requestQuery(reference: string) {
  return queryOptions({
    queryKey: ['request', reference],
    queryFn: () => answerOf(client.GET('/requests/{reference}', { params: { path: { reference } } })),
    refetchInterval: FRESH_MS,
  });
}

export type TicketQuery = Omit<NonNullable<paths['/tickets']['get']['parameters']['query']>, 'after' | 'limit'>;

/** Somebody waits at the other end: also while the stream of events is cut nothing is older. */
const TALK_MS = 10_000;

export function ticketsQuery(query: TicketQuery) {
  return infiniteQueryOptions({
    queryKey: ['tickets', query],
    queryFn: ({ pageParam }) =>
      answerOf(client.GET('/tickets', { params: { query: { ...query, limit: PAGE, ...(pageParam && { after: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: unlessLong(TALK_MS),
  });
}

/** Under the key of the lists: what changes them changes the numbers. */
export const ticketCountsQuery = queryOptions({
  queryKey: ['tickets', 'counts'],
  queryFn: () => answerOf(client.GET('/tickets/counts')),
  refetchInterval: TALK_MS,
});

/** What must not wait: offered to this officer, or somebody in danger whom nobody has. */
export const alarmQuery = queryOptions({
  queryKey: ['tickets', 'alarm'],
  queryFn: async () => {
    const ask = (view: 'offered' | 'unassigned') => answerOf(client.GET('/tickets', { params: { query: { view, limit: 1 } } }));
    const [offered, waiting] = await Promise.all([ask('offered'), ask('unassigned')]);
    return [...offered.tickets, ...waiting.tickets.filter(({ priority }) => priority === 1)];
  },
  refetchInterval: TALK_MS,
});

export const helplineQuery = queryOptions({
  queryKey: ['helpline'],
  queryFn: () => answerOf(client.GET('/helpline')),
  staleTime: 60_000,
});

export const rosterQuery = queryOptions({
  queryKey: ['roster'],
  queryFn: () => answerOf(client.GET('/helpline/agents')),
  refetchInterval: FRESH_MS,
});

export function shiftsQuery(from: string, to: string) {
  return queryOptions({
    queryKey: ['shifts', from, to],
    queryFn: () => answerOf(client.GET('/helpline/shifts', { params: { query: { from, to } } })),
  });
}

export function ticketQuery(ticket: string) {
  return queryOptions({
    queryKey: ['ticket', ticket],
    queryFn: () => answerOf(client.GET('/tickets/{ticket}', { params: { path: { ticket } } })),
    refetchInterval: TALK_MS,
  });
}

export const auditWordsQuery = queryOptions({
  queryKey: ['audit-words'],
  queryFn: () => answerOf(client.GET('/audit/vocabulary')),
  staleTime: 60_000,
});

export function auditQuery(query: AuditQuery) {
  return infiniteQueryOptions({
    queryKey: ['audit', query],
    queryFn: ({ pageParam }) =>
      answerOf(client.GET('/audit', { params: { query: { ...query, limit: PAGE, ...(pageParam && { after: pageParam }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export const teamQuery = queryOptions({
  queryKey: ['team'],
  queryFn: () => answerOf(client.GET('/team')),
});

export const teamWordsQuery = queryOptions({
  queryKey: ['team-words'],
  queryFn: () => answerOf(client.GET('/team/vocabulary')),
  staleTime: 300_000,
});

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: () => answerOf(client.GET('/account')),
});

export const doorsQuery = queryOptions({
  queryKey: ['doors'],
  queryFn: () => answerOf(client.GET('/doors')),
  staleTime: Number.POSITIVE_INFINITY,
});

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: () => answerOf(client.GET('/channels')),
});

/** Asked at Meta each time, so not by itself. */
export function channelHealthQuery(channel: number) {
  return queryOptions({
    queryKey: ['channel-health', channel],
    queryFn: () => answerOf(client.GET('/channels/{channel}/health', { params: { path: { channel } } })),
    refetchOnWindowFocus: false,
  });
}

export function templatesQuery(channel: number) {
  return queryOptions({
    queryKey: ['templates', channel],
    queryFn: () => answerOf(client.GET('/channels/{channel}/templates', { params: { path: { channel } } })),
    refetchOnWindowFocus: false,
  });
}

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => answerOf(client.GET('/keys')),
});

export function contactsQuery(search: string) {
  return queryOptions({
    queryKey: ['contacts', search],
    queryFn: () => answerOf(client.GET('/contacts', { params: { query: { search } } })),
  });
}

export function contactQuery(contact: string) {
  return queryOptions({
    queryKey: ['contact', contact],
    queryFn: () => answerOf(client.GET('/contacts/{contact}', { params: { path: { contact } } })),
  });
}

export function contactTalkQuery(contact: string) {
  return queryOptions({
    queryKey: ['contact-talk', contact],
    queryFn: () => answerOf(client.GET('/contacts/{contact}/talk', { params: { path: { contact } } })),
  });
}

export function numbersQuery(days: number) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return queryOptions({
    queryKey: ['numbers', days],
    queryFn: () => answerOf(client.GET('/numbers', { params: { query: { days, timeZone } } })),
    staleTime: 60_000,
  });
}

export const documentsQuery = queryOptions({
  queryKey: ['documents'],
  queryFn: () => answerOf(client.GET('/documents')),
});

export function documentQuery(number: string) {
  return queryOptions({
    queryKey: ['document', number],
    queryFn: () => answerOf(client.GET('/documents/{number}', { params: { path: { number } } })),
  });
}
