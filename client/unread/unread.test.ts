import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UNREAD_LIMIT } from '../../protocol/limits.ts'
import { message } from '../testing/room.ts'
import { advance, countArrival, nothingRead, readHere, unreadOf, type Unread } from './unread.ts'

const none = (seq: number) => ({ messages: [], head: { seq } })

it('never goes below zero nor sticks, in any order of writing, deleting, reading here and reading elsewhere', () => {
  const event = fc.oneof(
    fc.record({ type: fc.constant('wrote' as const), by: fc.constantFrom('ann', 'bob') }),
    fc.record({ type: fc.constant('readHere' as const), back: fc.nat(5) }),
    fc.record({ type: fc.constant('readElsewhere' as const), back: fc.nat(5) }),
    fc.record({ type: fc.constant('deleted' as const), back: fc.nat(5) }),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), fc.boolean(), (events, holdsMessages) => {
      const authors: string[] = []
      let readUpTo = 0
      let unread: Unread = nothingRead
      const gone = new Set<number>()
      const foreign = () => authors.filter((by, i) => by !== 'ann' && i + 1 > readUpTo && !gone.has(i + 1)).length
      for (const one of events) {
        if (one.type === 'wrote') {
          authors.push(one.by)
          if (one.by === 'ann') readUpTo = authors.length
          unread = countArrival(unread, message(authors.length, { authorId: one.by }), 'ann')
          continue
        }
        if (one.type === 'deleted') {
          const seq = authors.length - one.back
          if (seq < 1) continue
          gone.add(seq)
          unread = countArrival(unread, message(seq, { authorId: authors[seq - 1], deleted: true }), 'ann')
          // Where it cannot know, it asks.
          if (unread.stale) unread = advance(unread, { readUpTo, unread: foreign(), seq: authors.length })
          expect(unread.stale).toBe(false)
          continue
        }
        readUpTo = Math.max(readUpTo, authors.length - one.back)
        if (one.type === 'readHere') unread = readHere(unread, readUpTo)
        // The server says how many are left, as this device's own reading also ends.
        unread = advance(unread, { readUpTo, unread: foreign(), seq: authors.length })
      }
      const messages = holdsMessages
        ? authors.map((authorId, i) => message(i + 1, { authorId, deleted: gone.has(i + 1) }))
        : []
      expect(unreadOf(unread, { messages, head: { seq: authors.length } }, 'ann')).toBe(
        Math.min(foreign(), UNREAD_LIMIT),
      )
    }),
  )
})

it('is gone in the moment of reading, before the server has answered', () => {
  const unread = [1, 2, 3].reduce((all, seq) => countArrival(all, message(seq), 'ann'), nothingRead)
  expect(unreadOf(unread, none(3), 'ann')).toBe(3)
  expect(unreadOf(readHere(unread, 2), none(3), 'ann')).toBe(1)
  expect(unreadOf(readHere(unread, 3), none(3), 'ann')).toBe(0)
})

it('counts a message once, however often it is told', () => {
  const twice = countArrival(countArrival(nothingRead, message(1), 'ann'), message(1), 'ann')
  expect(unreadOf(twice, none(1), 'ann')).toBe(1)
})

it('does not fall behind an answer that was on its way when more was written', () => {
  const eight = advance(nothingRead, { readUpTo: 5, unread: 3, seq: 8 })
  const nine = countArrival(eight, message(9), 'ann')
  expect(unreadOf(advance(nine, { readUpTo: 8, unread: 0, seq: 8 }), none(9), 'ann')).toBe(1)
})

it('only rises: an older device does not bring back what was read', () => {
  const read = readHere(countArrival(nothingRead, message(1), 'ann'), 1)
  expect(unreadOf(advance(read, { readUpTo: 0, unread: 1, seq: 1 }), none(1), 'ann')).toBe(0)
})
