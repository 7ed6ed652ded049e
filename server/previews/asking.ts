import type { Log } from '../log.ts'
import type { Limits } from '../socket/ratelimit.ts'
import type { Store } from '../store/store.ts'
import type { FetchPage } from './fetching.ts'
import { hostOf } from './hostOf.ts'
import { titleOf } from './titleOf.ts'

/** Pages that are asked at once, and addresses that wait for that; what comes on top is asked when somebody links to it again. */
const AT_ONCE = 4
const WAITING = 100

type Place = { roomId: string; seq: number; authorId: string }

export type Previews = {
  /** Has the page asked that this message tells of, soon, if nobody has. Never throws, and nobody waits for it. */
  ask: (message: Place) => void
  /** Has those asked that the end of the server before came in between of. */
  start: () => void
  close: () => void
}

/** Asks pages what they are called, each address once at a time. */
export function createPreviews(parts: { store: Store; limits: Limits; log: Log; fetchPage: FetchPage }): Previews {
  const { store, limits, log, fetchPage } = parts
  const ended = new AbortController()
  const waiting: string[] = []
  /** Waiting, or being asked. */
  const known = new Set<string>()
  let asking = 0

  async function admit({ roomId, seq, authorId }: Place): Promise<void> {
    const url = await store.previews.wanted(roomId, seq)
    if (url === null || known.has(url) || waiting.length >= WAITING) return
    known.add(url)
    const isMuch = await limits.take('previews', authorId).then(
      () => false,
      () => true,
    )
    if (isMuch) return void known.delete(url)
    waiting.push(url)
    if (asking < AT_ONCE) void work()
  }

  async function work(): Promise<void> {
    asking++
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) await look(url).catch(tell)
    asking--
  }

  async function look(url: string): Promise<void> {
    try {
      const page = await fetchPage(url, ended.signal)
      if (ended.signal.aborted) return
      await store.previews.found({
        url,
        site: hostOf(page?.url.href ?? url),
        title: page && (await titleOf(page.html)),
        at: Date.now(),
      })
    } finally {
      known.delete(url)
    }
  }

  async function goOn(): Promise<void> {
    for (const message of await store.previews.unasked(WAITING)) await admit(message)
  }

  const tell = (error: unknown) => log.warn('page not asked', { error: String(error) })
  return {
    ask: (message) => void admit(message).catch(tell),
    start: () => void goOn().catch(tell),
    close() {
      waiting.length = 0
      ended.abort()
    },
  }
}
