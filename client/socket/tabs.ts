import type { Message } from '../../protocol/messages.ts'
import { newKey } from '../messages/newKey.ts'
import { pause } from './request.ts'

/** What the tabs of one browser tell each other. */
type TabNews =
  | { type: 'changed'; personId: string }
  | { type: 'stored'; personId: string; message: Message }
  | { type: 'who' }
  | { type: 'here'; tab: string }

export type Tabs = ReturnType<typeof joinTabs>

/** So soon every tab that is there has said so. Milliseconds. */
const CENSUS = 500

/** The other tabs of this browser: what they are told, and that only one of them sends at a time. */
export function joinTabs() {
  const id = newKey()
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('natter') : null
  // Locks exist only on https and localhost; elsewhere each tab sends what was written in it, and in tabs that are gone.
  const locks = globalThis.navigator?.locks as LockManager | undefined
  const here = new Set<string>()
  const gone = new Set<string>()
  const say = (news: TabNews) => channel?.postMessage(news)

  channel?.addEventListener('message', ({ data }: MessageEvent<TabNews>) => {
    if (data.type === 'who') say({ type: 'here', tab: id })
    if (data.type === 'here') here.add(data.tab)
  })

  return {
    id,
    say,
    hear: (listener: (news: TabNews) => void) =>
      channel?.addEventListener('message', ({ data }: MessageEvent<TabNews>) => listener(data)),
    /** Runs the task while no other tab runs one of this name. */
    alone: async (name: string, task: () => Promise<void>): Promise<void> => {
      await (locks ? locks.request(name, task) : task())
    },
    /** What only the tab has in which it was written. */
    owns: (tab: string): boolean => tab === id || gone.has(tab),
    maySend: (tab: string): boolean => locks !== undefined || tab === id || gone.has(tab),
    /** Finds out which of the tabs that these are from are gone. */
    async look(others: readonly { tab: string }[]): Promise<void> {
      here.clear()
      say({ type: 'who' })
      await pause(CENSUS)
      for (const { tab } of others) if (!here.has(tab)) gone.add(tab)
    },
  }
}
