import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'

/** Nobody has touched the page for this long. Milliseconds. */
const IDLE = 5 * 60_000
const LOOK = 30_000

/**
 * A page whose server has a newer one comes back as that when nobody would notice: hidden or left alone, with nothing on its
 * way and no dialog open. Once for each build: where the newer page does not arrive, it is not tried for ever.
 */
export function reloadWhenIdle({ getState }: Store<State, StateEvent>): void {
  let touched = performance.now()
  const touch = () => (touched = performance.now())
  for (const sign of ['pointermove', 'pointerdown', 'keydown', 'focus']) {
    addEventListener(sign, touch, { passive: true, capture: true })
  }
  function wouldNotice(): boolean {
    const { outbox, forgetful } = getState()
    const idle = document.visibilityState === 'hidden' || performance.now() - touched > IDLE
    // What the browser does not keep would be gone.
    const busy =
      forgetful ||
      outbox.some(({ failed }) => !failed) ||
      document.querySelector('dialog[open], .tray, .recording') !== null
    return !idle || busy
  }
  const look = async () => {
    const { newer } = getState()
    if (newer === null || wouldNotice()) return
    // Where the server is away just now, the browser would show its own page of regret.
    const there = await fetch('/healthz').catch(() => null)
    // Somebody may have come back meanwhile.
    if (there?.ok && !wouldNotice() && !wasTried(newer)) location.reload()
  }
  setInterval(() => void look(), LOOK)
  document.addEventListener('visibilitychange', () => void look())
}

/** Whether it was tried, which it counts as from now on. Where that cannot be noted, it is left to the person. */
function wasTried(build: string): boolean {
  try {
    if (sessionStorage.getItem('natter.reloaded') === build) return true
    sessionStorage.setItem('natter.reloaded', build)
    return false
  } catch {
    return true
  }
}
