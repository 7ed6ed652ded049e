// @vitest-environment jsdom
import { expect, it, vi } from 'vitest'
import { ann } from '../testing/room.ts'
import { keepReads } from './reads.ts'
import { reduce } from './reduce.ts'
import { OWNER, openShelf } from './shelf.ts'
import { initialState } from './state.ts'
import type { Database } from './database.ts'
import { createStore } from './store.ts'

it('keeps nothing of whoever has signed out in another tab, as long as this one does not know it yet', async () => {
  vi.useFakeTimers()
  const store = createStore(reduce, {
    ...initialState,
    me: ann,
    logId: 'log',
    link: { phase: 'online', since: 0, back: null },
  })
  const did: string[] = []
  const note = (what: string) => async () => void did.push(what)
  const database = { remember: note('remembered'), forget: note('forgotten') } as unknown as Database
  openShelf().put(OWNER, ann.id)
  keepReads(store, { use: (task) => task(database), listen: () => () => {}, name: 'Fernhill', owner: `${ann.id} log` })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(did.splice(0)).toEqual(['remembered'])

  openShelf().drop(OWNER)
  store.dispatch({ type: 'link', link: { phase: 'lost', since: 1 } })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(did).toEqual([])
  vi.useRealTimers()
})
