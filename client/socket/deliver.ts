import { PASSING } from '../../protocol/errors.ts'
import { nextToSend, type Entry } from '../messages/outbox.ts'
import type { Queue } from './queue.ts'
import { createWorker, pause, PAUSE, type Ask } from './request.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'
import type { Tabs } from './tabs.ts'

/** Without locks, what other tabs have to send is looked at again so often, in case they are gone. Milliseconds. */
const AGAIN = 5_000

/**
 * Empties the outbox, one message at a time and in order: a person's messages keep the order in which they were written,
 * across reconnects and tabs too. What is not answered is sent again under the same key, and so stored once.
 */
export function createDelivery(store: Store<State, StateEvent>, tabs: Tabs, ask: Ask, isOnline: () => boolean) {
  const work = createWorker()
  let timer: ReturnType<typeof setTimeout> | undefined
  const waiting = () => store.getState().outbox.filter(({ failed, rev }) => failed === null && rev === null)
  const ours = ({ tab }: Entry) => tabs.maySend(tab)

  async function deliver(queue: Queue): Promise<void> {
    const personId = store.getState().me?.id
    if (!personId || !isOnline()) return
    await queue.bringBack(personId)
    const theirs = waiting().flatMap((entry) => (ours(entry) ? [] : [entry.tab]))
    if (theirs.length > 0) await tabs.look(theirs)
    if (next(personId)) await tabs.alone(`natter.send.${personId}`, () => send(queue, personId))
    clearTimeout(timer)
    if (isOnline() && waiting().some((entry) => !ours(entry))) timer = setTimeout(() => start(queue), AGAIN)
  }

  /** Asked each time who this is: a connection may come back as somebody else. */
  function next(personId: string): Entry | undefined {
    const { me, outbox } = store.getState()
    return isOnline() && me?.id === personId ? nextToSend(outbox.filter(ours)) : undefined
  }

  async function send(queue: Queue, personId: string): Promise<void> {
    // While this tab waited for its turn, another one may have sent it.
    if (next(personId)?.tab !== tabs.id) await queue.look(personId)
    for (let entry = next(personId); entry; entry = next(personId)) {
      const { key, roomId, body } = entry
      const answer = await ask('message:send', { key, roomId, body })
      if (answer.ok) void queue.stored(answer.data)
      else if (PASSING.has(answer.error.code)) await pause(answer.error.retryAfter ?? PAUSE)
      else void queue.fail(key, answer.error)
    }
  }

  const start = (queue: Queue) => work('outbox', () => deliver(queue))
  return start
}
