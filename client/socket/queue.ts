import type { RefusalBody } from '../../protocol/errors.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Mark } from '../messages/drafts.ts'
import type { Entry, KeptEntry } from '../messages/outbox.ts'
import type { OutboxShelf } from '../messages/outboxShelf.ts'
import type { State, StateEvent } from './state.ts'
import type { Store } from './store.ts'
import type { Tabs } from './tabs.ts'

/** Before what the browser did not tell is asked for again. Milliseconds. */
const AGAIN = 5_000

export type Queue = ReturnType<typeof createQueue>

/** One queue for a person, shared by all tabs of this browser: the state shows what the shelf holds. */
export function createQueue(store: Store<State, StateEvent>, shelf: OutboxShelf, tabs: Tabs, deliver: () => void) {
  let loaded: { personId: string; whole: Promise<void> } | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  /** What was stored or discarded while this tab knew of it: what was read a moment before would bring it back. */
  const gone = new Set<string>()
  const me = () => store.getState().me?.id
  const find = (key: string) => store.getState().outbox.find((entry) => entry.key === key)

  async function look(personId: string): Promise<void> {
    const found = await shelf.load(personId)
    if (found) return adopt(personId, found)
    loaded = null
    clearTimeout(again)
    again = setTimeout(() => void hear(personId), AGAIN)
  }

  /** Somebody else may have come in meanwhile. */
  function adopt(personId: string, found: readonly KeptEntry[]): void {
    if (me() === personId) store.dispatch({ type: 'adopted', found: found.filter(({ key }) => !gone.has(key)) })
  }

  async function put(entry: Entry, draft?: Mark): Promise<void> {
    const personId = me()
    if (!personId) return
    const found = await shelf.put(personId, entry, draft)
    store.dispatch({ type: 'kept', key: entry.key })
    // With all that other tabs had written before: only then anything later may be sent.
    if (found) adopt(personId, found)
    tabs.say({ type: 'changed', personId })
    deliver()
  }

  /** Somebody else's entries are not touched, however late an answer comes. */
  async function drop(key: string): Promise<void> {
    const personId = me()
    if (!personId) return
    gone.add(key)
    await shelf.drop(personId, key)
    tabs.say({ type: 'changed', personId })
  }

  async function hear(personId: string): Promise<void> {
    if (me() !== personId) return
    await look(personId)
    deliver()
  }
  tabs.hear((news) => {
    if (news.type === 'stored' && news.personId === me()) {
      gone.add(news.message.key)
      store.dispatch({ type: 'stored', message: news.message })
    }
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
      await put(entry, draft)
    },
    async stored(message: Message): Promise<void> {
      store.dispatch({ type: 'stored', message })
      const personId = me()
      if (personId) tabs.say({ type: 'stored', personId, message })
      await drop(message.key)
    },
    /** For good, or null: it is to be tried again. */
    async fail(key: string, failed: RefusalBody | null): Promise<void> {
      store.dispatch({ type: 'failed', key, failed })
      const entry = find(key)
      if (entry) await put(entry)
    },
    async discard(key: string): Promise<void> {
      if (!find(key)) return
      store.dispatch({ type: 'unqueued', key })
      await drop(key)
    },
  }
}
