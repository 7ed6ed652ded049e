/**
 * What this browser keeps for us, by key. Where storage is blocked or full nothing outlives the page, and the page goes on:
 * whatever is in it is still sent.
 */
export type Shelf = {
  /** Everything whose key begins so: the rest of the key, and the value. */
  all: (prefix: string) => [string, string][]
  put: (key: string, value: string) => void
  drop: (key: string) => void
}

export function openShelf(): Shelf {
  const attempt = <T>(task: () => T, otherwise: T): T => {
    try {
      return task()
    } catch {
      return otherwise
    }
  }
  // Only to ask for it may throw, where cookies are blocked.
  const storage = attempt(() => localStorage, null)
  return {
    all: (prefix) =>
      attempt(
        () =>
          Object.entries<string>({ ...storage }).flatMap(([key, value]): [string, string][] =>
            key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
          ),
        [],
      ),
    put: (key, value) => attempt(() => storage?.setItem(key, value), undefined),
    drop: (key) => attempt(() => storage?.removeItem(key), undefined),
  }
}
