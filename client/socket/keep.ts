import { createDraftShelf } from '../messages/drafts.ts'
import { createOutboxShelf } from '../messages/outbox.ts'
import { openShelf } from './shelf.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'

/** A draft is kept so soon after the last key that a killed browser loses no more than a word. Milliseconds. */
const DRAFTS_AFTER = 200

/**
 * Keeps in this browser what must outlive the page: the outbox at once, drafts a moment after the last key. Everything by
 * person, so that nothing is ever sent or shown under another name. Returns what brings it back for whoever has come in.
 */
export function keepInBrowser(store: Store<State, StateEvent>): (personId: string) => void {
  const shelf = openShelf()
  const outboxShelf = createOutboxShelf(shelf)
  const draftShelf = createDraftShelf(shelf)
  let kept = store.getState()
  let draftsKept = kept.drafts
  let timer: ReturnType<typeof setTimeout> | undefined
  let broughtBack: string | null = null

  function keepDrafts(): void {
    clearTimeout(timer)
    timer = undefined
    const { me, drafts } = store.getState()
    if (me) draftShelf.save(me.id, drafts, draftsKept)
    draftsKept = drafts
  }

  store.subscribe(() => {
    const before = kept
    const { me, outbox, drafts } = (kept = store.getState())
    // Somebody else's state is not a change of theirs.
    if (!me || me.id !== before.me?.id) {
      draftsKept = drafts
      return
    }
    if (outbox !== before.outbox) outboxShelf.save(me.id, outbox, before.outbox)
    if (drafts === before.drafts) return
    // What was sent must not come back after a crash.
    const emptied = Object.keys(before.drafts).some((roomId) => drafts[roomId] === undefined)
    if (emptied) keepDrafts()
    else timer ??= setTimeout(keepDrafts, DRAFTS_AFTER)
  })
  addEventListener('pagehide', keepDrafts)
  // Another tab wrote on, or has sent it: what nobody has touched here follows.
  addEventListener('storage', ({ key, oldValue, newValue }) => {
    const { me, drafts } = store.getState()
    const roomId = me && key ? draftShelf.roomOf(me.id, key) : null
    if (roomId === null || (drafts[roomId] ?? null) !== oldValue) return
    store.dispatch({ type: 'draft', roomId, text: newValue ?? '' })
    draftsKept = store.getState().drafts
  })

  return (personId) => {
    // A reconnect brings nothing back: it never left.
    if (personId === broughtBack) return
    broughtBack = personId
    store.dispatch({ type: 'adopted', outbox: outboxShelf.load(personId) })
    store.dispatch({ type: 'drafts', drafts: draftShelf.load(personId) })
    draftsKept = store.getState().drafts
  }
}
