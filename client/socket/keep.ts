import { createDraftShelf, targetOf, type Drafts } from '../messages/drafts.ts'
import type { Shelf } from './shelf.ts'
import type { State, StateEvent } from './state.ts'
import type { WithDatabase } from './storage.ts'
import type { Store } from './store.ts'

/** A draft is kept so soon after the last key that a killed browser loses no more than a word. Milliseconds. */
const DRAFTS_AFTER = 200
/** Before what the browser did not tell is asked for again. Milliseconds. */
const AGAIN = 2_000

/** Keeps what is being written, a moment after the last key, by person, so that nothing is shown under another name. */
export function keepDrafts(store: Store<State, StateEvent>, shelf: Shelf, use: WithDatabase) {
  const drafts = createDraftShelf(shelf)
  let before = store.getState()
  let kept: Drafts = before.drafts
  let timer: ReturnType<typeof setTimeout> | undefined
  let broughtBack: string | null = null

  function keep(): void {
    clearTimeout(timer)
    timer = undefined
    const { me, drafts: written, outbox } = store.getState()
    // What is being sent stays a draft until the outbox has it.
    const next: Record<string, string> = { ...written }
    for (const { draft, kept: safe } of outbox)
      if (!safe) for (const name of [draft, targetOf(draft)]) next[name] = kept[name] ?? ''
    const changed = me ? drafts.save(me.id, next, kept) : []
    kept = next
    if (changed.length > 0) use((database) => database.copyDrafts(changed)).catch(() => {})
  }

  store.subscribe(() => {
    const { drafts: former, me: formerMe } = before
    before = store.getState()
    // Somebody else's state is not a change of theirs.
    if (!before.me || before.me.id !== formerMe?.id) {
      kept = before.drafts
      return
    }
    if (before.drafts === former) return
    // What was emptied must not come back after a crash.
    const emptied = Object.keys(former).some((roomId) => before.drafts[roomId] === undefined)
    if (emptied) keep()
    else timer ??= setTimeout(keep, DRAFTS_AFTER)
  })
  addEventListener('pagehide', keep)
  // Another tab wrote on, or has sent it: what nobody has touched here follows.
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    const { me, drafts: written } = store.getState()
    if (!me || !key) return
    drafts.stand(me.id, key, newValue, kept)
    const change = drafts.follow(me.id, key, oldValue, newValue)
    if (!change || (written[change.roomId] ?? '') !== change.before) return
    const { roomId } = change
    const text = change.open()
    // Of this room alone: what is being written in another one is still to be kept.
    kept = { ...kept, [roomId]: text }
    store.dispatch({ type: 'draft', roomId, text })
  })

  /** A browser that was killed has forgotten the last seconds of localStorage: what was written then, and what was sent. */
  async function makeGood(personId: string, marks = drafts.marks(), loaded = kept): Promise<void> {
    const found = await use((database) => database.draftsOf(personId, [...marks.values()])).catch(() => null)
    if (!found) return void setTimeout(() => void makeGood(personId, marks, loaded), AGAIN)
    const { over, copies } = found
    const untouched = (roomId: string) =>
      store.getState().me?.id === personId && store.getState().drafts[roomId] === loaded[roomId]
    for (const [roomId, mark] of marks) {
      if (over.includes(mark) && untouched(roomId)) store.dispatch({ type: 'draft', roomId, text: '' })
    }
    for (const copy of copies) {
      const { roomId, text } = copy
      if (untouched(roomId) && drafts.goOn(copy)) store.dispatch({ type: 'draft', roomId, text })
    }
  }

  return {
    keep,
    /** The state of a draft that becomes a message; what is written from here on is another one. */
    take: drafts.take,
    /** The outbox has what was written here. */
    sent(roomId: string): void {
      const { me } = store.getState()
      if (me) drafts.settle(me.id, roomId)
      kept = { ...kept, [roomId]: '' }
      keep()
    },
    bringBack(personId: string): void {
      // A reconnect brings nothing back: it never left.
      if (personId === broughtBack) return
      broughtBack = personId
      store.dispatch({ type: 'drafts', drafts: drafts.load(personId) })
      kept = store.getState().drafts
      void makeGood(personId)
    },
  }
}
