/** The pages and their addresses. Filters stand in the address, so that a list can be sent to a colleague. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { readAuditFilters } from '../audit/filters.ts';
import { readFilters } from '../requests/filters.ts';
import { readTeamFilters } from '../team/filters.ts';
import { readTemplateFilters } from '../templates/filters.ts';
import { readTicketFilters } from '../tickets/views.ts';
import { NotFound } from './not-found.tsx';
import { LINK_PATH, REFERENCE_PATH, SET_UP_PATH, Shell } from './shell.tsx';

const RequestPanel = lazyRouteComponent(() => import('../requests/request-panel.tsx'), 'RequestPanel');
const DocumentPanel = lazyRouteComponent(() => import('../documents/document-panel.tsx'), 'DocumentPanel');
const ContactPanel = lazyRouteComponent(() => import('../contacts/contact-panel.tsx'), 'ContactPanel');
const TicketPanel = lazyRouteComponent(() => import('../tickets/ticket-panel.tsx'), 'TicketPanel');
const ChannelPanel = lazyRouteComponent(() => import('../channels/channel-panel.tsx'), 'ChannelPanel');
const MemberPanel = lazyRouteComponent(() => import('../team/member-panel.tsx'), 'MemberPanel');
const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: () => <Navigate to="/today" replace />,
});
const todayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/today',
  component: lazyRouteComponent(() => import('../today/today-page.tsx'), 'TodayPage'),
});
const requestsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/requests',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('../requests/requests-page.tsx'), 'RequestsPage'),
});
const requestRoute = createRoute({
  getParentRoute: () => requestsRoute,
  path: '$reference',
  component: () => <RequestPanel key={requestRoute.useParams().reference} reference={requestRoute.useParams().reference} />,
});

const ticketsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tickets',
  validateSearch: readTicketFilters,
  component: lazyRouteComponent(() => import('../tickets/tickets-page.tsx'), 'TicketsPage'),
});
const ticketRoute = createRoute({
  getParentRoute: () => ticketsRoute,
  path: '$ticket',
  component: () => <TicketPanel key={ticketRoute.useParams().ticket} ticket={ticketRoute.useParams().ticket} />,
});

const documentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/documents',
  component: lazyRouteComponent(() => import('../documents/documents-page.tsx'), 'DocumentsPage'),
});
const documentRoute = createRoute({
  getParentRoute: () => documentsRoute,
  path: '$number',
  component: () => <DocumentPanel key={documentRoute.useParams().number} number={documentRoute.useParams().number} />,
});

const contactsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contacts',
  validateSearch: ({ search }: Record<string, unknown>): { search?: string } =>
    typeof search === 'string' || typeof search === 'number' ? { search: String(search).slice(0, 100) } : {},
  component: lazyRouteComponent(() => import('../contacts/contacts-page.tsx'), 'ContactsPage'),
});
const contactRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '$contact',
  component: () => <ContactPanel key={contactRoute.useParams().contact} contact={contactRoute.useParams().contact} />,
});

const numbersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/numbers',
  validateSearch: ({ days }: Record<string, unknown>): { days?: number } => {
    const wanted = [7, 30, 90, 365].find((one) => one === days);
    return wanted === undefined ? {} : { days: wanted };
  },
  component: lazyRouteComponent(() => import('../numbers/numbers-page.tsx'), 'NumbersPage'),
});

const rosterRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/roster',
  component: lazyRouteComponent(() => import('../roster/roster-page.tsx'), 'RosterPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: readAuditFilters,
  component: lazyRouteComponent(() => import('../audit/audit-page.tsx'), 'AuditPage'),
});

const teamRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/team',
  validateSearch: readTeamFilters,
  component: lazyRouteComponent(() => import('../team/team-page.tsx'), 'TeamPage'),
});
const memberRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: '$officer',
  component: () => <MemberPanel key={memberRoute.useParams().officer} officer={memberRoute.useParams().officer} />,
});
const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../account/account-page.tsx'), 'AccountPage'),
});
const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: SET_UP_PATH,
  component: lazyRouteComponent(() => import('../set-up/set-up-page.tsx'), 'SetUpPage'),
});
const channelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/channels',
  component: lazyRouteComponent(() => import('../channels/channels-page.tsx'), 'ChannelsPage'),
});
const channelRoute = createRoute({
  getParentRoute: () => channelsRoute,
  path: '$channel',
  component: () => <ChannelPanel key={channelRoute.useParams().channel} channel={channelRoute.useParams().channel} />,
});
const templatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/templates',
  validateSearch: readTemplateFilters,
  component: lazyRouteComponent(() => import('../templates/templates-page.tsx'), 'TemplatesPage'),
});
const keysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/keys',
  component: lazyRouteComponent(() => import('../keys/keys-page.tsx'), 'KeysPage'),
});
const referenceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: REFERENCE_PATH,
  component: lazyRouteComponent(() => import('../reference/reference-page.tsx'), 'ReferencePage'),
});
const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: LINK_PATH,
  component: lazyRouteComponent(() => import('../link/link-page.tsx'), 'LinkPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    todayRoute,
    requestsRoute.addChildren([requestRoute]),
    ticketsRoute.addChildren([ticketRoute]),
    documentsRoute.addChildren([documentRoute]),
    contactsRoute.addChildren([contactRoute]),
    numbersRoute,
    rosterRoute,
    auditRoute,
    teamRoute.addChildren([memberRoute]),
    accountRoute,
    channelsRoute.addChildren([channelRoute]),
    templatesRoute,
    keysRoute,
    referenceRoute,
    linkRoute,
    setUpRoute,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
