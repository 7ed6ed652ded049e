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

  /** In this order: whatever ends in between leaves the note of what is still to be removed. One that will not go stops no other. */
  async function removeLost(): Promise<void> {
    const errors: unknown[] = []
    for (let isMore = true; isMore;) {
      const gone: string[] = []
      for (const id of await store.files.lost(AT_ONCE)) {
        await remove(id).then(
          () => gone.push(id),
          (error: unknown) => errors.push(error),
        )
      }
      await store.files.forget(gone)
      isMore = gone.length > 0
    }
    if (errors.length > 0) throw errors[0]
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

  async function attempt(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => {
      // What cannot be reached is said once, by what reaches for it.
      if (!closed && !(error instanceof Refusal)) log.warn('files not swept', { error: String(error) })
    })
  }

  async function sweep(): Promise<void> {
    // Once at a time: what is asked for meanwhile is looked at next.
    next = -Infinity
    await attempt(async () => {
      await store.files.dropUnsent(Date.now() - unsentFor)
      await removeLost()
    })
    // Last: what was deleted goes, whatever is in the way of this.
    if (!cleared)
      await attempt(async () => {
        await removeStrays()
        cleared = true
      })
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
