import { expect, it } from 'vitest'
import type { Entry, KeptEntry } from '../messages/outbox.ts'
import { ann, message } from '../testing/room.ts'
import { createQueue } from './queue.ts'
import { reduce } from './reduce.ts'
import { initialState } from './state.ts'
import { createStore } from './store.ts'

const entry = (n: number, more: Partial<Entry> = {}): Entry => ({
  key: `key ${n}`,
  roomId: 'lobby',
  body: `text ${n}`,
  at: n,
  failed: null,
  tab: 'here',
  draft: 'lobby',
  kept: false,
  rev: null,
  ...more,
})
const laid = ({ kept: _kept, rev: _rev, ...rest }: Entry): KeptEntry => ({ ...rest, personId: 'ann' })

/** Ann's queue over a shelf whose answers the test gives, each when it wants to. */
function annsQueue() {
  const store = createStore(reduce, { ...initialState, me: ann })
  const answers: ((found: KeptEntry[] | null) => void)[] = []
  const ask = () => new Promise<KeptEntry[] | null>((resolve) => answers.push(resolve))
  const shelf = { load: ask, put: ask, drop: async () => void (await ask()) }
  const tabs = {
    id: 'here',
    say: () => {},
    hear: () => {},
    alone: async () => {},
    owns: () => true,
    maySend: () => true,
    look: async () => {},
  }
  const queue = createQueue(store, shelf, tabs, () => {})
  const answer = async (found: KeptEntry[] | null) => {
    answers.shift()?.(found)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { queue, answer, texts: () => store.getState().outbox.map(({ body, kept }) => [body, kept]) }
}

it('lets nothing be sent before all is known that other tabs had written earlier', async () => {
  const { queue, answer, texts } = annsQueue()
  void queue.add(entry(30))
  expect(texts()).toEqual([['text 30', false]])
  await answer([entry(29, { tab: 'there' }), entry(30)].map(laid))
  expect(texts()).toEqual([
    ['text 29', true],
    ['text 30', true],
  ])
})

it('does not bring back what was discarded or stored while it was being read', async () => {
  const { queue, answer, texts } = annsQueue()
  void queue.look('ann')
  await answer([entry(1), entry(2), entry(3)].map(laid))
  void queue.look('ann')
  void queue.discard('key 1')
  void queue.stored({ ...message(2), key: 'key 2' })
  await answer([entry(1), entry(2), entry(3)].map(laid))
  expect(texts()).toEqual([['text 3', true]])
})

it('keeps on screen what was written while the browser was read', async () => {
  const { queue, answer, texts } = annsQueue()
  void queue.look('ann')
  void queue.add(entry(2))
  await answer([laid(entry(1))])
  expect(texts()).toEqual([
    ['text 1', true],
    ['text 2', false],
  ])
})
