import { expect, it } from 'vitest'
import { personCalled } from '../testing/room.ts'
import { layOut } from './layout.ts'
import type { MessageRow, Row } from './rows.ts'

const noon = new Date(2026, 10, 25, 12).getTime()
const minutes = (n: number) => noon + n * 60_000

function row(seq: number, name = 'Bob', sentAt = noon): MessageRow {
  const author = personCalled(name)
  const own = name === 'Ann'
  const body = 'x'
  return {
    type: 'message',
    said: { roomId: 'lobby' },
    moderated: false,
    key: `key ${seq}`,
    seq,
    author,
    mentions: null,
    toYou: false,
    body,
    sentAt,
    editedAt: null,
    deleted: false,
    own,
    state: 'sent',
  }
}

const shape = (rows: readonly Row[], lineAfter: number | null = null) =>
  layOut(rows, lineAfter).map(({ items }) =>
    items.map((item) => (item.type === 'message' ? `${item.first ? 'first' : 'then'} ${item.row.seq}` : item.type)),
  )

it('puts together what one person wrote within five minutes of each other', () => {
  expect(shape([row(1), row(2, 'Bob', minutes(5)), row(3, 'Bob', minutes(11)), row(4, 'Ann', minutes(11))])).toEqual([
    ['first 1', 'then 2', 'first 3', 'first 4'],
  ])
})

it('begins a new group after a notice, the New line and midnight', () => {
  const notice: Row = { type: 'notice', key: 'n', at: 0, afterSeq: 1, joined: [], left: [] }
  expect(shape([row(1), notice, row(2)])).toEqual([['first 1', 'notice', 'first 2']])
  expect(shape([row(1), row(2)], 1)).toEqual([['first 1', 'new', 'first 2']])
  expect(shape([row(1), row(2, 'Bob', minutes(13 * 60))])).toEqual([['first 1'], ['first 2']])
})

it('draws the New line only where the place it marks is on the page, and before somebody else’s message', () => {
  expect(shape([row(1), row(2, 'Ann'), row(3)], 1)).toEqual([['first 1', 'first 2', 'new', 'first 3']])
  expect(shape([row(51), row(52)], 10)).toEqual([['first 51', 'then 52']])
  expect(shape([row(1), row(2)], null).flat()).not.toContain('new')
})

it('keeps the order and names no day twice when a clock ran backwards', () => {
  const days = layOut([row(1), row(2, 'Bob', minutes(24 * 60)), row(3), row(4, 'Bob', minutes(24 * 60))], null)
  expect(days.flatMap(({ items }) => items.map((item) => item.type === 'message' && item.row.seq))).toEqual([
    1, 2, 3, 4,
  ])
  expect(new Set(days.map(({ key }) => key)).size).toBe(days.length)
})

it('folds deleted messages next to each other into one, which begins a new group and is nothing new', () => {
  const deleted = (seq: number): MessageRow => ({ ...row(seq), body: '', deleted: true })
  const days = layOut([row(1), deleted(2), deleted(3), row(4)], 1)
  expect(days[0]?.items).toMatchObject([
    { type: 'message', first: true },
    { type: 'deleted', rows: [{ seq: 2 }, { seq: 3 }] },
    { type: 'new' },
    { type: 'message', first: true },
  ])
})

it('begins a group anew with what answers another message', () => {
  const reply = { ...row(2), said: { roomId: 'lobby', replyTo: 1 } }
  const [day] = layOut([row(1), reply, row(3)], null)
  expect(day?.items.map((item) => item.type === 'message' && item.first)).toEqual([true, true, false])
})
