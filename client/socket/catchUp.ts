import { LIST_PAGE } from '../../protocol/limits.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import { createWorker, pause, PAUSE, type Ask } from './request.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'

/**
 * Asks for everything that is known to be missing: rooms with a hole, how much is unread where only the server knows, people who
 * changed, people who are here and whom nobody has introduced; and tells how far I have read. Call it whenever something may be
 * missing; it does nothing while nothing is, and while it is asking.
 */
export function createCatchUp(store: Store<State, StateEvent>, ask: Ask, isOnline: () => boolean): () => void {
  const work = createWorker()
  const askedFor = new Set<string>()
  const strangers = ({ presence, people }: State) =>
    Object.keys(presence).filter((id) => !people[id] && !askedFor.has(id))

  /**
   * Pages are in the order of changes, so a message that was changed later may stand on a later page than the ones after it:
   * only all pages together have every message of the time away.
   */
  async function syncRoom(roomId: string): Promise<void> {
    let pages: RoomChanges[] = []
    for (;;) {
      const timeline = store.getState().rooms[roomId]?.timeline
      if (!timeline?.hole || !isOnline()) return
      const answer = await ask('room:sync', { roomId, since: pages.at(-1)?.rev ?? timeline.rev })
      if (!answer.ok) {
        if (answer.error.code === 'not_found') return
        await pause(answer.error.retryAfter ?? PAUSE)
        continue
      }
      const { changed, more, reset } = answer.data
      if (changed) pages.push(changed)
      if (more) continue
      if (reset) store.dispatch({ type: 'page', page: reset, side: 'reset' })
      else if (pages.length > 0) store.dispatch({ type: 'synced', changed: whole(pages) })
      // The server knows of nothing more: what seemed to be a hole was a head told by a server that has lost it since.
      else return
      pages = []
    }
  }

  const untold = () => Object.entries(store.getState().rooms).filter(([, { unread }]) => unread.stale)

  /** How far I have read is told at once, but what follows only with the next round. */
  async function tellReads(): Promise<void> {
    while (untold().length > 0 && isOnline()) {
      const told = untold().map(async ([roomId, { unread }]) => {
        const answer = await ask('read:advance', { roomId, seq: unread.readUpTo, rev: unread.rev })
        if (answer.ok) store.dispatch({ type: 'read:advanced', payload: answer.data, now: 0 })
      })
      await Promise.all(told)
      await pause(PAUSE)
    }
  }

  async function syncPeople(): Promise<void> {
    while (store.getState().peopleHole && isOnline()) {
      const answer = await ask('people:sync', { since: store.getState().peopleRev })
      if (answer.ok) store.dispatch({ type: 'people', ...answer.data })
      else await pause(answer.error.retryAfter ?? PAUSE)
    }
  }

  async function meet(): Promise<void> {
    for (let ids = strangers(store.getState()); ids.length > 0 && isOnline(); ids = strangers(store.getState())) {
      const some = ids.slice(0, LIST_PAGE)
      const answer = await ask('people:get', { ids: some })
      if (!answer.ok) {
        await pause(answer.error.retryAfter ?? PAUSE)
        continue
      }
      for (const id of some) askedFor.add(id)
      store.dispatch({ type: 'people', people: answer.data })
    }
  }

  return () => {
    if (!isOnline()) return
    const state = store.getState()
    if (state.peopleHole) work('people', syncPeople)
    if (strangers(state).length > 0) work('strangers', meet)
    if (untold().length > 0) work('reads', tellReads)
    for (const [roomId, { timeline }] of Object.entries(state.rooms)) {
      if (timeline.hole) work(`room ${roomId}`, () => syncRoom(roomId))
    }
  }
}

function whole(pages: readonly RoomChanges[]): RoomChanges {
  const [first] = pages
  const last = pages.at(-1)
  if (!first || !last) throw new Error('There is no page.')
  return {
    ...last,
    after: first.after,
    changes: pages.flatMap(({ changes }) => changes),
    people: pages.flatMap(({ people }) => people),
  }
}
