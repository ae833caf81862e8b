// Every address of the product, and which page stands there. Pages are loaded on their first visit.
import type { QueryClient } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { librariesQuery, sessionQuery } from './api/queries'
import { LibrarySidebar } from './features/library/LibrarySidebar'
import { UploadHost } from './features/upload/UploadHost'
import { ErrorPage, NotFoundPage } from './shell/ErrorPage'
import { Frame } from './shell/Frame'
import { ReadingFrame } from './shell/ReadingFrame'
import { SettingsFrame } from './shell/SettingsFrame'
import { Workspace } from './shell/Workspace'
import { ToastHost } from './ui/Toast'

interface RouterContext {
  queries: QueryClient
}

const SignInAgain = lazy(() =>
  import('./features/account/SignInAgain').then((module) => ({ default: module.SignInAgain })),
)

const root = createRootRouteWithContext<RouterContext>()({
  component: () => (
    <>
      <Outlet />
      <ToastHost />
    </>
  ),
})

/** Everything below needs somebody signed in; who is not is sent to sign in and comes back. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery())
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
    return { user: session.user }
  },
  component: SignedIn,
})

function SignedIn() {
  const { user } = signedIn.useRouteContext()
  const { data: session } = useQuery(sessionQuery())
  return (
    <Workspace>
      <Outlet />
      <UploadHost />
      {session === null && (
        <Suspense fallback={null}>
          <SignInAgain login={user.username} />
        </Suspense>
      )}
    </Workspace>
  )
}

const framed = createRoute({
  getParentRoute: () => signedIn,
  id: 'framed',
  component: () => (
    <Frame sidebar={<LibrarySidebar />}>
      <Outlet />
    </Frame>
  ),
})

const reading = createRoute({
  getParentRoute: () => signedIn,
  id: 'reading',
  component: () => (
    <ReadingFrame>
      <Outlet />
    </ReadingFrame>
  ),
})

const settings = createRoute({
  getParentRoute: () => signedIn,
  id: 'settings',
  component: () => (
    <SettingsFrame>
      <Outlet />
    </SettingsFrame>
  ),
})

const home = createRoute({
  getParentRoute: () => framed,
  path: '/',
  beforeLoad: async ({ context }) => {
    const libraries = await context.queries.ensureQueryData(librariesQuery())
    const first = libraries.find((library) => library.kind === 'user') ?? libraries[0]
    if (first !== undefined) throw redirect({ to: '/libraries/$library', params: { library: first.id } })
  },
})

/** View state of the list of papers. */
export interface LibrarySearch {
  q?: string
  collection?: string
  tag?: string
  item_type?: string
  sort?: string
  direction?: 'asc' | 'desc'
  trash?: boolean
  /** Key of the paper whose details are shown. */
  selected?: string
}

const library = createRoute({
  getParentRoute: () => framed,
  path: '/libraries/$library',
  params: {
    parse: ({ library }) => ({ library: Number(library) }),
    stringify: ({ library }) => ({ library: String(library) }),
  },
  validateSearch: (search: Record<string, unknown>): LibrarySearch => ({
    q: text(search.q),
    collection: text(search.collection),
    tag: text(search.tag),
    item_type: text(search.item_type),
    sort: text(search.sort),
    direction: search.direction === 'asc' || search.direction === 'desc' ? search.direction : undefined,
    trash: search.trash === true || search.trash === 'true' ? true : undefined,
    selected: text(search.selected),
  }),
  component: lazyRouteComponent(() => import('./features/library/LibraryPage'), 'LibraryPage'),
})

/** View state of the search page. */
export interface SearchPageSearch {
  q?: string
  library?: number
  /** `2012..2022`, either end may be left out. */
  year?: string
  author?: string
}

const search = createRoute({
  getParentRoute: () => framed,
  path: '/search',
  validateSearch: (search: Record<string, unknown>): SearchPageSearch => ({
    q: text(search.q),
    library: number(search.library),
    year: text(search.year),
    author: text(search.author),
  }),
  component: lazyRouteComponent(() => import('./features/search/SearchPage'), 'SearchPage'),
})

/** View state of the reader: page from 1, and the words to be marked there. */
export interface DocumentSearch {
  page?: number
  /** How far down the page, 0 to 1. */
  at?: number
  q?: string
  /** Code points of the page that a search led to, as `120-131`. */
  mark?: string
}

const paper = createRoute({
  getParentRoute: () => reading,
  path: '/libraries/$library/items/$key',
  params: {
    parse: ({ library, key }) => ({ library: Number(library), key }),
    stringify: ({ library, key }) => ({ library: String(library), key }),
  },
  validateSearch: (search: Record<string, unknown>): DocumentSearch => ({
    page: pageNumber(search.page),
    at: number(search.at),
    q: text(search.q),
    mark: text(search.mark),
  }),
  component: lazyRouteComponent(() => import('./features/document/DocumentPage'), 'DocumentPage'),
})

const members = createRoute({
  getParentRoute: () => framed,
  path: '/libraries/$library/members',
  params: {
    parse: ({ library }) => ({ library: Number(library) }),
    stringify: ({ library }) => ({ library: String(library) }),
  },
  component: lazyRouteComponent(() => import('./features/groups/MembersPage'), 'MembersPage'),
})

const newGroup = createRoute({
  getParentRoute: () => framed,
  path: '/groups/new',
  component: lazyRouteComponent(() => import('./features/groups/NewGroupPage'), 'NewGroupPage'),
})

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  component: lazyRouteComponent(() => import('./features/account/ProfilePage'), 'ProfilePage'),
})

const security = createRoute({
  getParentRoute: () => settings,
  path: '/account/security',
  component: lazyRouteComponent(() => import('./features/account/SecurityPage'), 'SecurityPage'),
})

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/account/tokens',
  component: lazyRouteComponent(() => import('./features/account/TokensPage'), 'TokensPage'),
})

const people = createRoute({
  getParentRoute: () => settings,
  path: '/admin/people',
  component: lazyRouteComponent(() => import('./features/admin/PeoplePage'), 'PeoplePage'),
})

const limits = createRoute({
  getParentRoute: () => settings,
  path: '/admin/limits',
  component: lazyRouteComponent(() => import('./features/admin/LimitsPage'), 'LimitsPage'),
})

const jobs = createRoute({
  getParentRoute: () => settings,
  path: '/admin/jobs',
  component: lazyRouteComponent(() => import('./features/admin/JobsPage'), 'JobsPage'),
})

const firstPapers = createRoute({
  getParentRoute: () => signedIn,
  path: '/setup/papers',
  component: lazyRouteComponent(() => import('./features/setup/PapersPage'), 'PapersPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup/$token',
  component: lazyRouteComponent(() => import('./features/setup/SetupPage'), 'SetupPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
  component: lazyRouteComponent(() => import('./features/account/SignInPage'), 'SignInPage'),
})

const components = createRoute({
  getParentRoute: () => root,
  path: '/components',
  component: lazyRouteComponent(() => import('./features/components/ComponentsPage'), 'ComponentsPage'),
})

const tree = root.addChildren([
  signedIn.addChildren([
    framed.addChildren([home, library, members, newGroup, search]),
    settings.addChildren([profile, security, tokens, people, limits, jobs]),
    reading.addChildren([paper]),
    firstPapers,
  ]),
  setup,
  signIn,
  components,
])

function number(value: unknown): number | undefined {
  const read = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN
  return Number.isFinite(read) ? read : undefined
}

function pageNumber(value: unknown): number | undefined {
  const page = number(value)
  return page !== undefined && page >= 1 ? Math.floor(page) : undefined
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function addressOf(search: Record<string, unknown>): string {
  const shown = Object.entries(search).filter(([, value]) => value !== undefined && value !== null)
  const words = new URLSearchParams(shown.map(([name, value]) => [name, String(value)])).toString()
  return words === '' ? '' : `?${words}`
}

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    // Words in an address stand as they were typed, quotation marks and all; each page reads numbers itself.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: addressOf,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    // The reader goes to the place in its address by itself; what the router kept of it may be of another page.
    scrollRestoration: ({ location }) => !/^\/libraries\/\d+\/items\//.test(location.pathname),
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: () => <NotFoundPage />,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
