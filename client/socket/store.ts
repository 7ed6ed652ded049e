export type Store<S, E> = {
  getState: () => S
  /** `soon`: pages need not be drawn anew for each of these, once in a frame is enough. */
  dispatch: (event: E, soon?: boolean) => void
  /** Hears of every change at once. Returns a function that stops it. */
  subscribe: (listener: () => void) => () => void
  /** Is drawn. Returns a function that stops it. */
  show: (view: () => void) => () => void
}

const joinedBy = (all: Set<() => void>) => (one: () => void) => {
  all.add(one)
  return () => all.delete(one)
}

/** State that changes only by events, through one pure function. */
export function createStore<S, E>(reduce: (state: S, event: E) => S, initial: S): Store<S, E> {
  let state = initial
  const listeners = new Set<() => void>()
  const views = new Set<() => void>()
  let [frame, behind] = [0, false]
  const draw = () => {
    behind = false
    for (const view of views) view()
  }
  function drawSoon(): void {
    // Nothing is drawn where nobody looks, but its title tells what is new.
    if (frame && !document.hidden) return void (behind = true)
    draw()
    frame ||= requestAnimationFrame(() => {
      frame = 0
      if (behind) drawSoon()
    })
  }
  return {
    getState: () => state,
    dispatch(event, soon) {
      const next = reduce(state, event)
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
      // Without a page there are no frames either.
      if (soon && views.size > 0) drawSoon()
      else draw()
    },
    subscribe: joinedBy(listeners),
    show: joinedBy(views),
  }
}
