import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Home } from './home/home.tsx'
import { SessionGate } from './session/session.tsx'
import { Shell } from './shell/shell.tsx'
import { strings } from './strings.ts'
import { TalkPage } from './talk/talk-page.tsx'

const Gallery = lazy(() => import('./characters/gallery.tsx'))
const CharacterPage = lazy(() => import('./characters/character-page.tsx'))
const MemoryPage = lazy(() => import('./memory/memory-page.tsx'))
const NewCharacter = lazy(() => import('./characters/new-character.tsx'))
const Settings = lazy(() => import('./settings/settings.tsx'))
const ErasurePage = lazy(() => import('./erasure/erasure-page.tsx'))
const ReviewPage = lazy(() => import('./moderation/review-page.tsx'))
const PluginsPage = lazy(() => import('./plugins/plugins-page.tsx'))
const SafetyPage = lazy(() => import('./care/safety-page.tsx'))
const SharedPage = lazy(() => import('./shared/shared-page.tsx'))

const root = createRootRoute({ component: Outlet, errorComponent: Broken, notFoundComponent: Lost })

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: () => (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  ),
})

const home = createRoute({ getParentRoute: () => inside, path: '/', component: Home })

export const talkRoute = createRoute({
  getParentRoute: () => inside,
  path: '/c/$conversationId',
  validateSearch: (search: Record<string, unknown>): { m?: string } =>
    typeof search.m === 'string' ? { m: search.m } : {},
  component: TalkPage,
})

const memoryRoute = createRoute({
  getParentRoute: () => inside,
  path: '/memory',
  component: () => (
    <Suspense>
      <MemoryPage />
    </Suspense>
  ),
})

const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  component: () => (
    <Suspense>
      <Settings />
    </Suspense>
  ),
})

const plugins = createRoute({
  getParentRoute: () => inside,
  path: '/plugins',
  component: () => (
    <Suspense>
      <PluginsPage />
    </Suspense>
  ),
})

const gallery = createRoute({
  getParentRoute: () => inside,
  path: '/characters',
  component: () => (
    <Suspense>
      <Gallery />
    </Suspense>
  ),
})

const newCharacter = createRoute({
  getParentRoute: () => inside,
  path: '/characters/new',
  component: () => (
    <Suspense>
      <NewCharacter />
    </Suspense>
  ),
})

const characterPage = createRoute({
  getParentRoute: () => inside,
  path: '/characters/$characterId',
  component: () => (
    <Suspense>
      <CharacterPage />
    </Suspense>
  ),
})

const review = createRoute({
  getParentRoute: () => inside,
  path: '/review',
  component: () => (
    <Suspense>
      <ReviewPage />
    </Suspense>
  ),
})

const safety = createRoute({
  getParentRoute: () => root,
  path: '/safety',
  component: () => (
    <Suspense>
      <SafetyPage />
    </Suspense>
  ),
})

export const sharedRoute = createRoute({
  getParentRoute: () => root,
  path: '/shared/$token',
  component: () => (
    <Suspense>
      <SharedPage />
    </Suspense>
  ),
})

const erasure = createRoute({
  getParentRoute: () => root,
  path: '/erasure/$erasureId',
  component: () => (
    <Suspense>
      <ErasurePage />
    </Suspense>
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    inside.addChildren([home, memoryRoute, talkRoute, gallery, newCharacter, characterPage, settings, plugins, review]),
    sharedRoute,
    safety,
    erasure,
  ]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function Broken() {
  return (
    <main className="grid h-full place-items-center p-6 text-center">
      <div role="alert">
        <p className="voice mb-4">{strings.errors.unexpected}</p>
        <button type="button" className="btn-quiet" onClick={() => location.reload()}>
          {strings.errors.reload}
        </button>
      </div>
    </main>
  )
}

function Lost() {
  return (
    <main className="grid h-full place-items-center p-6 text-center">
      <div>
        <p className="voice mb-4">{strings.talk.missing}</p>
        <a className="btn-quiet" href="/">
          {strings.talk.goHome}
        </a>
      </div>
    </main>
  )
}
