import { createDraftShelf } from '../messages/drafts.ts'
import { createOutboxShelf } from '../messages/outbox.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'

/** A draft is kept so soon after the last key that a killed browser loses no more than a word. Milliseconds. */
const DRAFTS_AFTER = 200

/**
 * Keeps in this browser what must outlive the page: the outbox at once, drafts a moment after the last key. Everything by
 * person, so that nothing is ever sent or shown under another name. Returns what brings it back for whoever has come in.
 */
export function keepInBrowser(store: Store<State, StateEvent>): (personId: string) => void {
  const outboxShelf = createOutboxShelf(localStorage, sessionStorage)
  const draftShelf = createDraftShelf(localStorage)
  let kept = store.getState()
  let draftsKept = kept.drafts
  let timer: ReturnType<typeof setTimeout> | undefined

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
    if (outbox !== before.outbox) outboxShelf.save(me.id, outbox)
    if (drafts === before.drafts) return
    // What was sent must not come back after a crash.
    const emptied = Object.keys(before.drafts).some((roomId) => drafts[roomId] === undefined)
    if (emptied) keepDrafts()
    else timer ??= setTimeout(keepDrafts, DRAFTS_AFTER)
  })
  addEventListener('pagehide', keepDrafts)

  return (personId) => {
    const { outbox } = store.getState()
    if (outbox.length === 0) store.dispatch({ type: 'adopted', outbox: outboxShelf.load(personId) })
    store.dispatch({ type: 'drafts', drafts: draftShelf.load(personId) })
  }
}
