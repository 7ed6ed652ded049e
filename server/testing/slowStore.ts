import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openSqlite } from '../store/sqlite/index.ts'
import type { Commit, Store } from '../store/store.ts'

/** A store whose answers a test can hold back, as those of a database elsewhere take their time. */
export async function slowStore() {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-test-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const store = await openSqlite({ dir })
  let tell: (commit: Commit) => void = () => {}
  const held: Partial<Record<string, { asked: () => void; until: Promise<void> }>> = {}
  const slow =
    <A extends unknown[], R>(name: string, read: (...asked: A) => Promise<R>) =>
    async (...asked: A): Promise<R> => {
      const found = await read(...asked)
      held[name]?.asked()
      await held[name]?.until
      return found
    }
  const wrapped: Store = {
    ...store,
    messages: {
      ...store.messages,
      list: (asked) =>
        asked.after === undefined ? store.messages.list(asked) : slow('after', store.messages.list)(asked),
    },
    rooms: {
      ...store.rooms,
      idsOf: slow('idsOf', store.rooms.idsOf),
      members: slow('members', store.rooms.members),
    },
    moderation: { ...store.moderation, isShut: slow('isShut', store.moderation.isShut) },
    settings: { ...store.settings, get: slow('settings', store.settings.get) },
    onCommit: (listener) => store.onCommit((tell = listener)),
  }
  return {
    store: wrapped,
    tell: (commit: Commit) => tell(commit),
    /** Until `letGo`; `asked` resolves when what is told then has been found. */
    hold(name: 'after' | 'idsOf' | 'isShut' | 'members' | 'settings') {
      const [asked, until] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      held[name] = { asked: asked.resolve, until: until.promise }
      const letGo = () => {
        delete held[name]
        until.resolve()
      }
      return { asked: asked.promise, letGo }
    },
  }
}
