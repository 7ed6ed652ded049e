import { useSyncExternalStore } from 'react'
import type { OwnEmoji } from '../../protocol/emoji.ts'
import { PASSING } from '../../protocol/errors.ts'
import type { Connection } from '../socket/connect.ts'
import { pause, PAUSE } from '../socket/request.ts'
import { OWN_EMOJI_KEPT, openShelf } from '../socket/shelf.ts'
import { useSocket } from '../socket/useSocket.ts'
import { inTab } from '../socket/wishes.ts'

type Held = { logId: string | null; rev: number; emoji: readonly OwnEmoji[] }

export type Own = {
  list: readonly OwnEmoji[]
  byName: ReadonlyMap<string, OwnEmoji>
  /** Whether these are the newest that this page has heard of. */
  isNewest: boolean
}

const shownOf = ({ emoji }: Held, isNewest: boolean): Own => ({
  list: emoji,
  byName: new Map(emoji.map((one) => [one.name, one])),
  isNewest,
})

/** What this browser knew last: what somebody else put there is nothing. */
function kept(): Held {
  try {
    const { logId, rev, emoji } = JSON.parse(openShelf().get(OWN_EMOJI_KEPT) ?? '') as Held
    return { logId, rev, emoji: [...emoji] }
  } catch {
    return { logId: null, rev: 0, emoji: [] }
  }
}

/**
 * The place's own emoji, asked for when something first draws one and again whenever the place has others. What was known is kept
 * for when there is no network.
 */
export function createOwn({ store, request }: Pick<Connection, 'store' | 'request'>) {
  const listeners = new Set<() => void>()
  let held = kept()
  let shown = shownOf(held, false)
  let asking = false

  function show(isNewest: boolean): void {
    shown = shownOf(held, isNewest)
    for (const listener of listeners) listener()
  }

  function put(next: Held): void {
    held = next
    openShelf().put(OWN_EMOJI_KEPT, JSON.stringify(held))
    show(true)
  }

  async function ask(logId: string): Promise<void> {
    asking = true
    const answer = await request('emoji:list', {})
    if (answer.ok) put({ logId, ...answer.data })
    else await pause(PASSING.has(answer.error.code) ? (answer.error.retryAfter ?? PAUSE) : PAUSE)
    asking = false
    look()
  }

  function look(): void {
    const { place, logId, link } = store.getState()
    if (asking || !place || logId === null) return
    const rev = place.emojiRev ?? 0
    if (held.logId === logId && held.rev >= rev) {
      if (!shown.isNewest) show(true)
    } else if (rev === 0) put({ logId, rev, emoji: [] })
    else {
      if (shown.isNewest) show(false)
      if (link.phase === 'online') void ask(logId)
    }
  }

  store.subscribe(look)
  look()
  return {
    get: () => shown,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const ownOf = inTab(createOwn)

export function useOwnEmoji(): Own {
  const own = ownOf(useSocket())
  return useSyncExternalStore(own.subscribe, own.get)
}

/** As it stands in a text, in a reaction, and among what was chosen lately. */
export const tokenOf = ({ name }: Pick<OwnEmoji, 'name'>): string => `:${name}:`
export const nameOfToken = (token: string): string => token.slice(1, -1)

/** Those in whose name that is, first those that begin so. */
export function findOwn(list: readonly OwnEmoji[], query: string): readonly OwnEmoji[] {
  const wanted = query.trim().toLowerCase().replaceAll(' ', '_').replaceAll(':', '')
  if (!wanted) return []
  const found = list.filter(({ name }) => name.includes(wanted))
  return found.toSorted((a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)))
}
