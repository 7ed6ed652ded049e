import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MENTION_LIMIT, MESSAGE_LENGTH, PREVIEW_LENGTH } from './limits.ts'
import { beginningOf, namedIn, partsOf, plainOf, reaches } from './mentions.ts'

const nameOf = (id: string) => new Map([['m1', 'Maya O.']]).get(id)

it('loses nothing of a text, whatever stands in it', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('<@', '<@m1>', '<@here>', '>', '<', '@', '<@ m1>', '<@m1'))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
      const body = pieces.join('')
      const parts = partsOf(body)
      expect(parts.map((part) => (typeof part === 'string' ? part : part.token)).join('')).toBe(body)
      expect(parts.filter((part) => typeof part !== 'string').length).toBeLessThanOrEqual(MENTION_LIMIT)
    }),
  )
})

it('shows names and calls, and what is nobody’s as it was written', () => {
  expect(plainOf('<@m1>, <@here> and <@room>: <@x> <@m1', nameOf)).toBe('@Maya O., @here and @room: <@x> <@m1')
  expect(namedIn('<@m1> <@m1> <@room>')).toEqual(['m1', 'room'])
})

it('takes no more of a text for a mention than its bound', () => {
  const many = Array.from({ length: 3 * MENTION_LIMIT }, (_, i) => `<@p${i}>`).join('')
  expect(namedIn(many)).toHaveLength(MENTION_LIMIT)
})

it('reads the longest text of nothing but beginnings in no time', () => {
  const hard = ['<@', '<', '<@'.concat('a'.repeat(31)), '<@a>'].map((one) =>
    one.repeat(Math.ceil(MESSAGE_LENGTH / one.length)),
  )
  const before = performance.now()
  for (const body of hard) for (let i = 0; i < 10; i++) partsOf(body)
  expect(performance.now() - before).toBeLessThan(500)
})

it('cuts a beginning without half a character or half a mention', () => {
  const filled = (end: string) => 'x'.repeat(PREVIEW_LENGTH - 3) + end
  expect(beginningOf('<@m1> short')).toBe('<@m1> short')
  expect(beginningOf(filled('<@m1> and on'))).toBe(filled(''))
  expect(beginningOf(filled('<m1> and on'))).toBe(filled('<m1'))
  expect(beginningOf(filled('ab👩 and on'))).toBe(filled('ab'))
})

it('reaches those who are named, and everybody by the room', () => {
  expect(reaches({ mentions: ['here', 'm1'] }, 'm1')).toBe(true)
  expect(reaches({ mentions: ['room'] }, 'm1')).toBe(true)
  expect(reaches({ mentions: ['here', 'm2'] }, 'm1')).toBe(false)
  expect(reaches({}, 'm1')).toBe(false)
})
