import { Refusal } from '../../protocol/errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Arriving } from './arriving.ts'
import type { Bytes } from './bytes.ts'

/** After something was deleted, and at the latest. Milliseconds. */
const SOON = 1_000
const EVERY = 15_000
const AT_ONCE = 100

type Parts = { store: Store; log: Log; bytes: Bytes; arriving: Arriving; unsentFor: number }

/** Takes away the bytes of files that are no more, and files that nobody has sent. */
export function createSweeping({ store, log, bytes, arriving, unsentFor }: Parts) {
  let timer: NodeJS.Timeout | undefined
  let closed = false
  /** When it is done next; -Infinity while it is. Milliseconds of `performance.now()`. */
  let next = Infinity
  /** Whether something was deleted while it was done. */
  let asked = false
  /** Whether what the end of the server before had left is gone. */
  let cleared = false

  async function remove(id: string): Promise<void> {
    await arriving.remove(id)
    for (const name of [id, `${id}.small`]) await bytes.remove(name)
  }

  /** In this order: whatever ends in between leaves the note of what is still to be removed. */
  async function removeLost(): Promise<void> {
    for (;;) {
      const ids = await store.files.lost(AT_ONCE)
      if (ids.length === 0) return
      for (const id of ids) await remove(id)
      await store.files.forget(ids)
    }
  }

  /** What a database that was brought back knows nothing of, and what the end of the server has left half done. */
  async function removeStrays(): Promise<void> {
    await bytes.forgetHalves()
    const all = [
      ...new Set([...(await bytes.names()), ...(await arriving.ids())].map((name) => name.split('.')[0] ?? '')),
    ]
    for (let i = 0; i < all.length; i += AT_ONCE) {
      const some = all.slice(i, i + AT_ONCE)
      const known = new Set(await store.files.known(some))
      for (const id of some) if (!known.has(id)) await remove(id)
    }
  }

  /** Sooner than was meant before, never later: where something is deleted all the time, it goes all the same. */
  function sweepIn(milliseconds: number): void {
    const at = performance.now() + milliseconds
    if (closed || at >= next) return
    clearTimeout(timer)
    next = at
    timer = setTimeout(() => void sweep(), milliseconds).unref()
  }

  async function sweep(): Promise<void> {
    // Once at a time: what is asked for meanwhile is looked at next.
    next = -Infinity
    try {
      if (!cleared) await removeStrays()
      cleared = true
      await store.files.dropUnsent(Date.now() - unsentFor)
      await removeLost()
    } catch (error) {
      // What cannot be reached is said once, by what reaches for it.
      if (!closed && !(error instanceof Refusal)) log.warn('files not swept', { error: String(error) })
    }
    next = Infinity
    sweepIn(asked ? SOON : EVERY)
    asked = false
  }

  return {
    remove,
    start: () => sweepIn(0),
    soon(): void {
      if (next === -Infinity) asked = true
      else sweepIn(SOON)
    },
    close(): void {
      closed = true
      clearTimeout(timer)
    },
  }
}
