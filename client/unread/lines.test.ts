import fc from 'fast-check'
import { expect, it } from 'vitest'
import { message } from '../testing/room.ts'
import { arrange, changedLines, changeLines, LINES, linesOf } from './lines.ts'

const waiting = (id: string, unread = 1, forYou = 0) => ({ id, unread, forYou })

it('begins with what is for me, and never changes the order of what is there', () => {
  const first = arrange([], [waiting('lobby'), waiting('kitchen'), waiting('read', 0), waiting('bob', 2, 2)])
  expect(first).toEqual(['bob', 'lobby', 'kitchen'])
  expect(arrange(first, [waiting('cleo', 1, 1), waiting('kitchen')])).toEqual([...first, 'cleo'])
  expect(arrange(first, [waiting('lobby', 0)])).toBe(first)
})

it('shows the first unread lines of others, and not too many', () => {
  const messages = [
    message(4),
    message(5, { authorId: 'ann' }),
    message(6, { deleted: true }),
    ...Array.from({ length: 20 }, (_, i) => message(7 + i)),
  ]
  const lines = linesOf(messages, 3, ['ann'])
  expect(lines).toHaveLength(LINES)
  expect(lines.slice(0, 3).map(({ seq }) => seq)).toEqual([4, 7, 8])
  expect(linesOf(messages, 26, ['ann'])).toEqual([])
})

it('keeps every line in its place, in its newest state, in whatever order changes come', () => {
  const lines = linesOf([message(1), message(2), message(3)], 0, ['ann'])
  const change = fc.record({
    seq: fc.integer({ min: 1, max: 5 }),
    rev: fc.integer({ min: 1, max: 30 }),
    deleted: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.uniqueArray(change, { selector: ({ rev }) => rev }), (changes) => {
      const told = changes.map(({ seq, rev, deleted }) => message(seq, { rev, deleted, body: `at ${rev}` }))
      const apply = (all: typeof told) => all.reduce((now, one) => changeLines(now, changedLines([one])), lines)
      const ended = apply(told)
      expect(apply(told.toReversed())).toEqual(ended)
      expect(changeLines(lines, changedLines(told))).toEqual(ended)
      expect(ended.map(({ seq }) => seq)).toEqual([1, 2, 3])
      for (const { seq, rev } of ended)
        expect(rev).toBe(Math.max(seq + 1, ...changes.filter((one) => one.seq === seq).map((one) => one.rev)))
    }),
  )
})
