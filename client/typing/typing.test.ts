import { expect, it } from 'vitest'
import { TYPING_MS } from '../../protocol/limits.ts'
import { reduceTyping } from './typing.ts'

const bob = { roomId: 'lobby', personId: 'bob' }
const writers = (typing: ReturnType<typeof reduceTyping>) => Object.keys(typing['lobby'] ?? {})

it('forgets who is writing after six seconds of silence, and not before', () => {
  const typing = reduceTyping({}, { ...bob, typing: true }, 0)
  expect(writers(reduceTyping(typing, null, TYPING_MS - 1))).toEqual(['bob'])
  expect(writers(reduceTyping(typing, null, TYPING_MS))).toEqual([])
})

it('shows it long enough to be read, but not a moment longer once the message is there', () => {
  const typing = reduceTyping({}, { ...bob, typing: true }, 0)
  const stopped = reduceTyping(typing, { ...bob, typing: false }, 100)
  expect(writers(reduceTyping(stopped, null, 1_000))).toEqual(['bob'])
  expect(writers(reduceTyping(stopped, null, 1_500))).toEqual([])
  expect(writers(reduceTyping(typing, { ...bob, typing: null }, 100))).toEqual([])
})

it('is the same object when nothing has changed, so that nothing is drawn again', () => {
  const typing = reduceTyping({}, { ...bob, typing: true }, 0)
  expect(reduceTyping(typing, null, 10)).toBe(typing)
  expect(reduceTyping(typing, { roomId: 'lobby', personId: 'ann', typing: null }, 10)).toBe(typing)
})
