import { reportPresence } from './presence/reportPresence.ts'
import type { Connection } from './socket/connect.ts'
import { watchNotices } from './push/watch.ts'
import { reloadWhenIdle } from './socket/newer.ts'
import { keepReads, recall, type Recalled } from './socket/reads.ts'
import type { WithDatabase } from './socket/storage.ts'
import { trusted } from './ui/trustedTypes.ts'

/** What makes the page independent of the network and of its own build. It comes after the page. */

export { recall }

export function begin(
  connection: Pick<Connection, 'store' | 'listen' | 'request' | 'now'>,
  use: WithDatabase,
  name: string,
  recalled: Recalled | null,
): void {
  const { store, listen } = connection
  const owner = recalled && `${recalled.event.me.id} ${recalled.event.logId}`
  keepReads(store, { use, listen, name, owner })
  reloadWhenIdle(store)
  watchNotices(connection)
  reportPresence(connection)
  if (document.readyState === 'complete') registerWorker()
  else addEventListener('load', registerWorker)
}

/** So that the page opens without a network. It exists on https and localhost, and only a built page has one. */
function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // The one address that it is ever asked for.
  const policy = trusted('natter', { createScriptURL: (url: string) => url })
  const register = () => navigator.serviceWorker.register(policy.createScriptURL('/sw.js')).catch(() => {})
  if ('requestIdleCallback' in window) requestIdleCallback(register)
  else setTimeout(register, 1_000)
}
