import type { Connection } from '../socket/connect.ts'

/** Without a key, a touch or a move for this long somebody counts as away. Milliseconds. */
const IDLE = 5 * 60_000

/** Tells the server whether this tab's person is looking. */
export function reportPresence({ store, request }: Pick<Connection, 'store' | 'request'>): void {
  let idle = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** As every new connection counts. */
  let told = 'here'

  function tell(): void {
    if (store.getState().link.phase !== 'online') {
      told = 'here'
      return
    }
    const presence = idle || document.visibilityState === 'hidden' ? 'away' : 'here'
    if (presence === told) return
    told = presence
    void request('presence:set', { presence })
  }

  function active(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      idle = true
      tell()
    }, IDLE)
    idle = false
    tell()
  }

  for (const sign of ['pointermove', 'pointerdown', 'keydown', 'focus', 'visibilitychange'])
    addEventListener(sign, active, { passive: true, capture: true })
  store.subscribe(tell)
  active()
}
