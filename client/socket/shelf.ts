/**
 * What this browser keeps for us, by key. Where storage is blocked or full nothing outlives the page, and the page goes on:
 * whatever is in it is still sent.
 */
export type Shelf = {
  /** Everything whose key begins so: the rest of the key, and the value. */
  all: (prefix: string) => [string, string][]
  get: (key: string) => string | null
  put: (key: string, value: string) => void
  drop: (key: string) => void
}

/** Where it is noted whom this browser was last greeted as: another person's tab may still be open beside it. */
export const OWNER = 'natter.me'

/** The emoji of the place's own, as they were last known. */
export const OWN_EMOJI_KEPT = 'natter.ownEmoji'

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
    get: (key) => attempt(() => storage?.getItem(key) ?? null, null),
    put: (key, value) => attempt(() => storage?.setItem(key, value), undefined),
    drop: (key) => attempt(() => storage?.removeItem(key), undefined),
  }
}
