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
  // The bytes of files are in the tab that they were chosen in.
  const ours = ({ tab, files, forward }: Entry) => (files && !forward ? tabs.owns(tab) : tabs.maySend(tab))
  const theirs = () => waiting().filter((entry) => !ours(entry))
  /** Rooms in which one has to wait: what is written elsewhere goes on. */
  const held = new Set<string>()

  async function deliver(queue: Queue): Promise<void> {
    const personId = store.getState().me?.id
    if (!personId || !isOnline()) return
    await queue.bringBack(personId)
    if (next(personId)) await tabs.alone(`natter.send.${personId}`, () => send(queue, personId))
    if (isOnline() && theirs()[0]) work('look', () => look(queue))
  }

  /** Aside: what can be sent from here does not wait for what the other tabs say. */
  async function look(queue: Queue): Promise<void> {
    const others = theirs()
    await tabs.look(others)
    clearTimeout(timer)
    timer = setTimeout(() => start(queue), others.some(ours) ? 0 : AGAIN)
  }

  /** Asked each time who this is: a connection may come back as somebody else. */
  function next(personId: string): Entry | undefined {
    if (!isOnline() || store.getState().me?.id !== personId) return
    const closed = new Set(held)
    return nextToSend(
      waiting().filter((entry) => {
        // What another tab has to send is not overtaken.
        if (!ours(entry)) closed.add(entry.roomId)
        return !closed.has(entry.roomId)
      }),
    )
  }

  async function send(queue: Queue, personId: string): Promise<void> {
    // While this tab waited for its turn, another one may have sent it.
    if (next(personId)?.tab !== tabs.id) await queue.look(personId)
    for (let entry = next(personId); entry; entry = next(personId)) {
      const { key, roomId, body, replyTo, forward, poll } = entry
      const plain = { key, roomId, body, replyTo, forward, poll }
      const answer = entry.files && !forward ? await withFiles(entry) : await ask('message:send', plain)
      if ('until' in answer) hold(queue, roomId, answer.until)
      else if (answer.ok) void queue.stored(answer.data)
      else if (PASSING.has(answer.error.code)) await wait(queue, roomId, answer.error.retryAfter ?? PAUSE)
      else void queue.fail(key, answer.error)
    }
  }

  const withFiles = (entry: Entry) =>
    import('../uploads/sendWith.ts').then(
      ({ sendWith }) => sendWith(entry, ask),
      () => ({ until: pause(AGAIN) }),
    )

  /** What is written in a room stays in order. */
  function hold(queue: Queue, roomId: string, until: Promise<unknown>): void {
    held.add(roomId)
    void until.then(() => {
      held.delete(roomId)
      start(queue)
    })
  }

  async function wait(queue: Queue, roomId: string, milliseconds: number): Promise<void> {
    const until = pause(milliseconds)
    if (store.getState().rooms[roomId]?.room.slowMode) hold(queue, roomId, until)
    else await until
  }

  const start = (queue: Queue) => work('outbox', () => deliver(queue))
  return start
}
