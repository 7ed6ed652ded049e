export type Store<S, E> = {
  getState: () => S
  dispatch: (event: E) => void
  /** Returns a function that stops it. */
  subscribe: (listener: () => void) => () => void
}

/** State that changes only by events, through one pure function. */
export function createStore<S, E>(reduce: (state: S, event: E) => S, initial: S): Store<S, E> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    getState: () => state,
    dispatch(event) {
      const next = reduce(state, event)
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
