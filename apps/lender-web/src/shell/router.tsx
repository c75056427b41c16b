/** Addresses and screens. Each screen is a chunk that loads when it is first gone to, or about to be. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Loading } from '../parts/states'
import { Frame } from './frame'
import { NotFound, ScreenFailed } from './not-found'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })
const at = () => root

const routes = [
  createRoute({
    getParentRoute: at,
    path: '/',
    component: lazyRouteComponent(() => import('../screens/overview'), 'Overview'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/market',
    component: lazyRouteComponent(() => import('../screens/market'), 'Market'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/market/requests',
    component: lazyRouteComponent(() => import('../screens/requests'), 'Requests'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/market/requests/$request',
    component: lazyRouteComponent(() => import('../screens/request'), 'Request'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/market/notes',
    component: lazyRouteComponent(() => import('../screens/note-market'), 'NoteMarket'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/market/notes/$loan/$listing',
    component: lazyRouteComponent(() => import('../screens/listing'), 'Listing'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/market/$offer',
    component: lazyRouteComponent(() => import('../screens/market-offer'), 'MarketOffer'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/offers',
    component: lazyRouteComponent(() => import('../screens/offers'), 'Offers'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/offers/new',
    component: lazyRouteComponent(() => import('../screens/offer-edit'), 'NewOffer'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/offers/$offer',
    component: lazyRouteComponent(() => import('../screens/offer-edit'), 'EditOffer'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/applications',
    component: lazyRouteComponent(() => import('../screens/applications'), 'Applications'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/applications/$application',
    component: lazyRouteComponent(() => import('../screens/application'), 'Application'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/loans',
    validateSearch: ({ status }: { status?: unknown }): { status?: string } =>
      typeof status === 'string' ? { status } : {},
    component: lazyRouteComponent(() => import('../screens/loans'), 'Loans'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/loans/$loan',
    validateSearch: ({ tab }: { tab?: unknown }): { tab?: string } => (typeof tab === 'string' ? { tab } : {}),
    component: lazyRouteComponent(() => import('../screens/loan'), 'Loan'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/notes',
    component: lazyRouteComponent(() => import('../screens/notes'), 'Notes'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/notes/$loan/$note',
    component: lazyRouteComponent(() => import('../screens/note'), 'Note'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/ledger',
    component: lazyRouteComponent(() => import('../screens/ledger'), 'Ledger'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/ledger/$account',
    component: lazyRouteComponent(() => import('../screens/statement'), 'Statement'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/reports',
    component: lazyRouteComponent(() => import('../screens/reports'), 'FirstReport'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/reports/$report',
    component: lazyRouteComponent(() => import('../screens/reports'), 'Reports'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/network',
    component: lazyRouteComponent(() => import('../screens/network'), 'Network'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/records/$record',
    component: lazyRouteComponent(() => import('../screens/record'), 'RecordScreen'),
  }),
  createRoute({
    getParentRoute: at,
    path: '/settings',
    component: lazyRouteComponent(() => import('../screens/settings'), 'Settings'),
  }),
] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading rows={6} />,
  defaultErrorComponent: ScreenFailed,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
