import { reloadWhenIdle } from './socket/newer.ts'
import { keepReads, recall, type Recalled } from './socket/reads.ts'
import type { State, StateEvent } from './socket/state.ts'
import type { UseDatabase } from './socket/storage.ts'
import type { Store } from './socket/store.ts'

declare global {
  interface Window {
    trustedTypes?: {
      createPolicy: (
        name: string,
        rules: { createScriptURL: (url: string) => string },
      ) => { createScriptURL: (url: string) => unknown }
    }
  }
}

/** What makes the page independent of the network and of its own build. It comes after the page. */

export { recall }

export function begin(
  store: Store<State, StateEvent>,
  use: UseDatabase,
  name: string,
  recalled: Recalled | null,
): void {
  keepReads(store, use, name, recalled && `${recalled.event.me.id} ${recalled.event.logId}`)
  reloadWhenIdle(store)
  if (document.readyState === 'complete') registerWorker()
  else addEventListener('load', registerWorker)
}

/** So that the page opens without a network. It exists on https and localhost, and only a built page has one. */
function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const policy = window.trustedTypes?.createPolicy('natter', { createScriptURL: (url) => url })
  const register = () =>
    navigator.serviceWorker.register((policy?.createScriptURL('/sw.js') ?? '/sw.js') as string).catch(() => {})
  if ('requestIdleCallback' in window) requestIdleCallback(register)
  else setTimeout(register, 1_000)
}
