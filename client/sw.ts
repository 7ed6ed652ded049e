import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

type Life = { waitUntil: (work: Promise<unknown>) => void }
/** A service worker's own world, as far as it is used: its types do not go together with a page's. */
declare const self: {
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
  addEventListener: (event: 'install' | 'activate', listener: (life: Life) => void) => void
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
        const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) })
        if (response.status < 500) return response
      } catch {
        // There is no network: the page that is kept will say so.
      }
      return (await matchPrecache('/index.html')) ?? Response.error()
    },
    { allowlist: [/^\/$/, /^\/r\//] },
  ),
)
precacheAndRoute(FILES, { directoryIndex: '', cleanURLs: false })
cleanupOutdatedCaches()

self.addEventListener('install', (life) => life.waitUntil(self.skipWaiting()))
self.addEventListener('activate', (life) => life.waitUntil(self.clients.claim()))
