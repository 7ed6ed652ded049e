import type { RefusalBody } from '../../protocol/errors.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Mark } from '../messages/drafts.ts'
import type { Entry } from '../messages/outbox.ts'
import type { OutboxShelf } from '../messages/outboxShelf.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'
import type { Tabs } from './tabs.ts'

export type Queue = ReturnType<typeof createQueue>

/** One queue for a person, shared by all tabs of this browser: the state shows what the shelf holds. */
export function createQueue(store: Store<State, StateEvent>, shelf: OutboxShelf, tabs: Tabs, deliver: () => void) {
  let loaded: { personId: string; whole: Promise<void> } | null = null
  const me = () => store.getState().me?.id
  const find = (key: string) => store.getState().outbox.find((entry) => entry.key === key)

  async function look(personId: string): Promise<void> {
    const found = await shelf.load(personId)
    if (!found) loaded = null
    // Somebody else may have come in meanwhile.
    else if (me() === personId) store.dispatch({ type: 'adopted', found })
  }

  /** Somebody else's entries are not touched, however late an answer comes. */
  async function change(shelve: (personId: string) => Promise<void>): Promise<void> {
    const personId = me()
    if (!personId) return
    await shelve(personId)
    tabs.say({ type: 'changed', personId })
  }

  async function hear(personId: string): Promise<void> {
    await look(personId)
    deliver()
  }
  tabs.hear((news) => {
    if (news.type === 'stored' && news.personId === me()) store.dispatch({ type: 'stored', message: news.message })
    if (news.type === 'changed' && news.personId === me()) void hear(news.personId)
  })

  return {
    /** Resolves when everything that this person has waiting is in the state. */
    bringBack(personId: string): Promise<void> {
      if (loaded?.personId !== personId) loaded = { personId, whole: look(personId) }
      return loaded.whole
    },
    look,
    /** On screen at once; to be sent when it is kept. `draft` is what it was written as. */
    async add(entry: Entry, draft?: Mark): Promise<void> {
      store.dispatch({ type: 'queued', entry })
      await change((personId) => shelf.put(personId, entry, draft))
      store.dispatch({ type: 'kept', key: entry.key })
      deliver()
    },
    async stored(message: Message): Promise<void> {
      store.dispatch({ type: 'stored', message })
      await change((personId) => {
        tabs.say({ type: 'stored', personId, message })
        return shelf.drop(personId, message.key)
      })
    },
    /** For good, or null: it is to be tried again. */
    async fail(key: string, failed: RefusalBody | null): Promise<void> {
      store.dispatch({ type: 'failed', key, failed })
      const entry = find(key)
      if (entry) await change((personId) => shelf.put(personId, entry))
      deliver()
    },
    async discard(key: string): Promise<void> {
      if (!find(key)) return
      store.dispatch({ type: 'unqueued', key })
      await change((personId) => shelf.drop(personId, key))
    },
  }
}
