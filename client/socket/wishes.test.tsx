import { beforeEach, expect, it, vi } from 'vitest'
import type { Answer } from '../../protocol/index.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { ann, bob } from '../testing/room.ts'
import { createWishes, type Owner, type WishShelf } from './wishes.ts'

type Wish = { roomId: string; seq: number; emoji: string; on: boolean }

const cake = (on: boolean): Wish => ({ roomId: 'lobby', seq: 1, emoji: '🎂', on })
const anns = { personId: 'ann', logId: 'log' }
const done = { ok: true, data: {} } as const
const refused = { ok: false, error: { code: 'forbidden', message: 'This room is archived.' } } as const

/** What a browser keeps for all its tabs. */
function shelfOf(told: string[] = []) {
  const held = new Map<string, Wish>()
  const nameOf = ({ personId, logId }: Owner) => `${personId}/${logId}/`
  const key = (owner: Owner, { seq, emoji }: Wish) => `${nameOf(owner)}${seq}/${emoji}`
  const shelf: WishShelf<Wish> = {
    all: async (owner) => [...held].flatMap(([name, wish]) => (name.startsWith(nameOf(owner)) ? wish : [])),
    async put(owner, wish) {
      held.set(key(owner, wish), wish)
      return true
    },
    async drop(owner, wish) {
      if (held.get(key(owner, wish))?.on === wish.on) held.delete(key(owner, wish))
    },
    tellRefused: (_, reason) => void told.push(reason),
  }
  return { shelf, held }
}

/** A tab of this browser that shows what it remembers, and has no connection yet. */
function openTab(shelf: WishShelf<Wish>, answer: () => Answer<unknown> = () => done) {
  const fake = fakeConnection()
  const asked: Wish[] = []
  const wishes = createWishes<Wish>(
    fake.connection,
    ({ emoji }) => emoji,
    async (wish) => {
      asked.push(wish)
      return answer()
    },
    shelf,
  )
  const { rooms, people } = fake.connection.store.getState()
  const recall = (me = ann) =>
    fake.connection.recall({
      type: 'recalled',
      me,
      logId: 'log',
      rooms,
      people,
      peopleRev: 0,
      moderation: { mutes: [], blocked: [], reports: 0 },
    })
  const mine = () => wishes.of(cake(true)).wishes.map(({ on }) => on)
  const connect = (me = ann, logId = 'log') => fake.say('hello', { ...helloOf(1), me, logId })
  return { ...wishes, recall, mine, asked, connect, lose: () => fake.say('disconnect', 'transport close') }
}

let browser = shelfOf()
beforeEach(() => void (browser = shelfOf()))

it('shows after a reload what was wished without a connection, tells the last of it once there is one, and forgets it then', async () => {
  const before = openTab(browser.shelf)
  before.recall()
  for (const on of [true, false, true]) before.set(cake(on))
  const after = openTab(browser.shelf)
  after.recall()
  await vi.waitFor(() => expect(after.mine()).toEqual([true]))
  expect(after.asked).toEqual([])
  after.connect()
  await vi.waitFor(() => expect(after.mine()).toEqual([]))
  expect(after.asked).toEqual([cake(true)])
  await vi.waitFor(() => expect(browser.held.size).toBe(0))
})

it('shows and tells nothing of what somebody else wished in this browser', async () => {
  const hers = openTab(browser.shelf)
  hers.recall()
  hers.set(cake(true))
  const bobs = openTab(browser.shelf)
  bobs.connect(bob)
  await Promise.resolve()
  expect(bobs.mine()).toEqual([])
  hers.connect(bob)
  expect(hers.mine()).toEqual([])
  expect([...hers.asked, ...bobs.asked]).toEqual([])
  expect(browser.held.size).toBe(1)
})

it('shows and tells nothing of what was wished before the server was restored, now or after a reload', async () => {
  const before = openTab(browser.shelf)
  before.recall()
  before.set(cake(true))
  const after = openTab(browser.shelf)
  after.recall()
  await vi.waitFor(() => expect(after.mine()).toEqual([true]))
  for (const tab of [before, after]) {
    tab.connect(ann, 'another log')
    await vi.waitFor(async () => expect(await browser.shelf.all(anns)).toHaveLength(1))
    expect(tab.mine()).toEqual([])
    expect(tab.asked).toEqual([])
  }
})

it('takes it back and says why, where it was wished before the page was opened and is refused', async () => {
  const reasons: string[] = []
  browser = shelfOf(reasons)
  await browser.shelf.put(anns, cake(true))
  const tab = openTab(browser.shelf, () => refused)
  tab.connect()
  await vi.waitFor(() => expect(reasons).toEqual(['This room is archived.']))
  expect(tab.mine()).toEqual([])
  expect(tab.of(cake(true)).refused).toBeNull()
  await vi.waitFor(() => expect(browser.held.size).toBe(0))
})

it('wishes what was wished last in any tab, and not again what another one has told', async () => {
  const [one, other] = [openTab(browser.shelf), openTab(browser.shelf)]
  one.recall()
  other.recall()
  one.set(cake(true))
  await vi.waitFor(async () => expect(await browser.shelf.all(anns)).toHaveLength(1))
  other.set(cake(false))
  one.connect()
  await vi.waitFor(() => expect(one.asked).toEqual([cake(false)]))
  await vi.waitFor(() => expect(browser.held.size).toBe(0))
  other.connect()
  await vi.waitFor(() => expect(other.mine()).toEqual([]))
  expect(other.asked).toEqual([])
})

it('tells what it holds where the browser keeps nothing', async () => {
  const tab = openTab({ all: async () => null, put: async () => false, drop: async () => {}, tellRefused() {} })
  tab.connect()
  tab.lose()
  tab.set(cake(true))
  expect(tab.mine()).toEqual([true])
  tab.connect()
  await vi.waitFor(() => expect(tab.asked).toEqual([cake(true)]))
})
