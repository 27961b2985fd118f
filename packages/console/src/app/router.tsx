/** The pages and their addresses. Filters stand in the address, so that a list can be sent to a colleague. */
import { createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router';
import { readFilters } from '../requests/filters.ts';
import { RequestPanel } from '../requests/request-panel.tsx';
import { RequestsPage } from '../requests/requests-page.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: () => <Navigate to="/requests" replace />,
});
const requestsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/requests',
  validateSearch: readFilters,
  component: RequestsPage,
});
const requestRoute = createRoute({
  getParentRoute: () => requestsRoute,
  path: '$reference',
  component: () => <RequestPanel key={requestRoute.useParams().reference} reference={requestRoute.useParams().reference} />,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([homeRoute, requestsRoute.addChildren([requestRoute])]),
  basepath: '/console',
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
