import { createOnce, pause, PAUSE, type Ask } from './request.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'

/**
 * Asks for everything that is known to be missing: rooms with a hole and people who changed. Call it whenever there may be
 * a hole; it does nothing while there is none, and while it is already asking.
 */
export function createCatchUp(store: Store<State, StateEvent>, ask: Ask, isOnline: () => boolean): () => void {
  const once = createOnce()

  async function syncRoom(roomId: string): Promise<void> {
    for (;;) {
      const timeline = store.getState().rooms[roomId]?.timeline
      if (!timeline?.hole || !isOnline()) return
      const answer = await ask('room:sync', { roomId, since: timeline.rev })
      if (!answer.ok) {
        if (answer.error.code === 'not_found') return
        await pause(answer.error.retryAfter ?? PAUSE)
        continue
      }
      const { changed, reset } = answer.data
      if (reset) store.dispatch({ type: 'page', page: reset, side: 'reset' })
      else if (changed) store.dispatch({ type: 'synced', changed })
      // The server knows of nothing more: what seemed to be a hole was a head told by a server that has lost it since.
      else return
    }
  }

  async function syncPeople(): Promise<void> {
    while (store.getState().peopleHole && isOnline()) {
      const answer = await ask('people:sync', { since: store.getState().peopleRev })
      if (answer.ok) store.dispatch({ type: 'people', ...answer.data })
      else await pause(answer.error.retryAfter ?? PAUSE)
    }
  }

  return () => {
    if (!isOnline()) return
    const { rooms, peopleHole } = store.getState()
    if (peopleHole) void once('people', syncPeople)
    for (const [roomId, { timeline }] of Object.entries(rooms)) {
      if (timeline.hole) void once(roomId, () => syncRoom(roomId))
    }
  }
}
