import { expect, it } from 'vitest'
import { adopt, isFull, nextToSend, type Entry } from './outbox.ts'

const entry = (at: number, more: Partial<Entry> = {}): Entry => ({
  key: `key ${at}`,
  roomId: 'lobby',
  body: `text ${at}`,
  at,
  failed: null,
  tab: 'here',
  draft: 'lobby',
  kept: true,
  rev: null,
  ...more,
})
const failed = { code: 'forbidden', message: 'You may not.' } as const

it('sends in the order of writing, and nothing before what is not out of danger yet', () => {
  expect(nextToSend([entry(1), entry(2)])?.at).toBe(1)
  expect(nextToSend([entry(1, { kept: false }), entry(2)])).toBeUndefined()
})

it('passes by what was refused for good, and what is stored and only not shown yet', () => {
  expect(nextToSend([entry(1, { failed }), entry(2, { rev: 7 }), entry(3)])?.at).toBe(3)
})

it('takes from the browser what other tabs wrote, and keeps what moves here', () => {
  const kept = ({ kept: _kept, rev: _rev, ...rest }: Entry) => ({ ...rest, personId: 'ann' })
  const here = [entry(1), entry(2, { rev: 7 }), entry(4, { kept: false })]
  const found = [entry(2), entry(3, { tab: 'there' })].map(kept)
  expect(adopt(here, found).map(({ at, rev, kept: safe }) => [at, rev, safe])).toEqual([
    [2, 7, true],
    [3, null, true],
    [4, null, false],
  ])
})

it('is full with 500 messages, or when the first that waits is a week old; one that was refused is not waited for', () => {
  const week = 7 * 24 * 60 * 60 * 1000
  expect(isFull([entry(0)], week)).toBe(null)
  expect(isFull([entry(0)], week + 1)).toBe('old')
  expect(isFull([entry(0, { failed }), entry(5)], week + 1)).toBe(null)
  expect(
    isFull(
      Array.from({ length: 500 }, (_, i) => entry(i)),
      0,
    ),
  ).toBe('many')
})
