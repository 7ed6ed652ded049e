import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { pages } from '../protocol/addresses.ts'
import type { Push } from '../protocol/push.ts'
import { noticeOf } from './push/noticeOf.ts'

type Life = { waitUntil: (work: Promise<unknown>) => void }
type Page = { url: string; focus: () => Promise<unknown>; postMessage: (said: unknown) => void }
type Notices = Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>
type Pushed = Life & { data: { json: () => unknown } | null }
type Clicked = Life & { notification: Notification & { data: { url?: unknown } | null } }
/** A service worker's own world, as far as it is used: its types do not go together with a page's. */
declare const self: {
  skipWaiting: () => Promise<void>
  registration: Notices
  clients: {
    claim: () => Promise<void>
    matchAll: (which: { type: 'window' }) => Promise<Page[]>
    openWindow: (url: string) => Promise<unknown>
  }
  addEventListener: ((event: 'install' | 'activate', listener: (life: Life) => void) => void) &
    ((event: 'push', listener: (pushed: Pushed) => void) => void) &
    ((event: 'notificationclick', listener: (clicked: Clicked) => void) => void)
}
/** Every file of this build, put here when it is built. */
declare const FILES: PrecacheEntry[]

/** A network that says nothing is none. Milliseconds. */
const PATIENCE = 3_000

// The page itself comes from the server whenever there is one, so that nobody is held at an old build.
registerRoute(
  new NavigationRoute(
    async ({ request }) => {
      try {
        const patience = new AbortController()
        const timer = setTimeout(() => patience.abort(), PATIENCE)
        const response = await fetch(request, { signal: patience.signal })
        // It has begun to speak, however slowly it goes on.
        clearTimeout(timer)
        if (response.status < 500) return response
      } catch {
        // There is no network: the page that is kept will say so.
      }
      return (await matchPrecache('/index.html')) ?? Response.error()
    },
    { allowlist: [new RegExp(`^(${pages.join('|')})$`), /^\/r\//] },
  ),
)
precacheAndRoute(FILES, { directoryIndex: '', cleanURLs: false })
cleanupOutdatedCaches()

self.addEventListener('install', (life) => life.waitUntil(self.skipWaiting()))
self.addEventListener('activate', (life) => life.waitUntil(self.clients.claim()))

async function show(push: Push): Promise<void> {
  if (push.type === 'shown') return self.registration.showNotification(...noticeOf(push))
  for (const notice of await self.registration.getNotifications({ tag: push.roomId })) notice.close()
}
// Only this place's server has the key that what arrives here is signed with.
self.addEventListener('push', (pushed) => pushed.data && pushed.waitUntil(show(pushed.data.json() as Push)))

/** Into the tab that is open, if there is one. */
async function lead(url: string): Promise<void> {
  const [page] = await self.clients.matchAll({ type: 'window' })
  if (!page) return void (await self.clients.openWindow(url))
  page.postMessage({ open: url })
  await page.focus()
}
self.addEventListener('notificationclick', (clicked) => {
  const { notification } = clicked
  notification.close()
  clicked.waitUntil(lead(String(notification.data?.url ?? '/')))
})
