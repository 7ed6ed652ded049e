import type { Log } from '../log.ts'
import type { Limits } from '../socket/ratelimit.ts'
import type { Store } from '../store/store.ts'
import { createTurns } from '../turns.ts'
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
  const turns = createTurns(AT_ONCE, [WAITING])
  /** Waiting, or being asked. */
  const known = new Set<string>()

  async function admit({ roomId, seq, authorId }: Place): Promise<void> {
    const url = await store.previews.wanted(roomId, seq)
    if (url === null || known.has(url) || known.size >= AT_ONCE + WAITING) return
    known.add(url)
    try {
      if (await isMuch(authorId)) return
      const end = await turns.take()
      if (end) await look(url).finally(end)
    } finally {
      known.delete(url)
    }
  }

  const isMuch = (authorId: string): Promise<boolean> =>
    limits.take('previews', authorId).then(
      () => false,
      () => true,
    )

  async function look(url: string): Promise<void> {
    const page = await fetchPage(url, ended.signal)
    if (ended.signal.aborted) return
    await store.previews.found({
      url,
      site: hostOf(page?.url.href ?? url),
      title: page && (await titleOf(page.html)),
      at: Date.now(),
    })
  }

  async function goOn(): Promise<void> {
    for (const message of await store.previews.unasked(WAITING)) ask(message)
  }

  const tell = (error: unknown) => log.warn('page not asked', { error: String(error) })
  const ask = (message: Place) => void admit(message).catch(tell)
  return {
    ask,
    start: () => void goOn().catch(tell),
    close: () => ended.abort(),
  }
}
