import { PASSING } from '../../protocol/errors.ts'
import type { Message } from '../../protocol/messages.ts'
import { nextToSend } from '../messages/outbox.ts'
import { createWorker, pause, PAUSE, type Ask } from './request.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'

/** Before a message that is stored, but not shown yet because of a hole before it, is looked for again. Milliseconds. */
const UNTIL_SHOWN = 100

/**
 * Empties the outbox, one message at a time and in order: a person's messages keep the order in which they were written,
 * across reconnects too. What is not answered is sent again under the same key, and so stored once.
 */
export function createDelivery(store: Store<State, StateEvent>, ask: Ask, isOnline: () => boolean): () => void {
  const work = createWorker()
  const next = () => (isOnline() ? nextToSend(store.getState().outbox) : undefined)

  async function deliver(): Promise<void> {
    for (let entry = next(); entry; entry = next()) {
      const { key, roomId, body } = entry
      const answer = await ask('message:send', { key, roomId, body })
      if (answer.ok) {
        store.dispatch(stored(store.getState(), answer.data))
        while (next()?.key === key) await pause(UNTIL_SHOWN)
      } else if (PASSING.has(answer.error.code)) await pause(answer.error.retryAfter ?? PAUSE)
      else store.dispatch({ type: 'failed', key, failed: answer.error })
    }
  }

  return () => work('outbox', deliver)
}

/** The answer may come before the packet, or the packet may be lost: the message itself is the same. */
function stored({ rooms, me }: State, message: Message): StateEvent {
  const { roomId, rev, key } = message
  const room = rooms[roomId]
  if (!room || rev <= room.timeline.rev) return { type: 'unqueued', key }
  const changes = [{ type: 'message:changed' as const, message }]
  return { type: 'synced', changed: { roomId, after: rev - 1, rev, changes, people: me ? [me] : [] } }
}
