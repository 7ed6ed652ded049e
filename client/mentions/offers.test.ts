import { expect, it } from 'vitest'
import { CALL_LIMIT } from '../../protocol/limits.ts'
import { ann, bob, personCalled } from '../testing/room.ts'
import { offersOf, roomAt, wordAt } from './offers.ts'

const at = (text: string) => wordAt(text.replace('|', ''), text.indexOf('|'))

it('finds the name that is being written at the caret, of several words too', () => {
  expect(at('hi @|')).toEqual({ from: 3, query: '' })
  expect(at('hi @ma| there')).toEqual({ from: 3, query: 'ma' })
  expect(at('(@Maya O|')).toEqual({ from: 1, query: 'Maya O' })
})

it('finds none in an address, after a blank, on another line, or behind the caret', () => {
  for (const text of ['me@ma|', '@ ma|', '@ma |', '@ma\n|', '|@ma', 'no name|']) expect(at(text)).toBeNull()
})

it('finds the name of a room, and none in an address, a heading or a link', () => {
  const word = (text: string) => roomAt(text, text.length)
  expect(word('see #kit')).toEqual({ from: 4, query: 'kit' })
  expect(word('#')).toEqual({ from: 0, query: '' })
  for (const text of ['# ', '## so', 'a#b', 'https://a.b/#c', '[#c', '&#3']) expect(word(text)).toBeNull()
})

const setting = { query: '', me: ann, room: { kind: 'public', madeBy: null }, total: 3, presence: {} } as const
const namesFor = (given: Partial<Parameters<typeof offersOf>[1]>, people = [ann, bob, personCalled('Zoe')]) =>
  offersOf(people, { ...setting, ...given }).map(({ name }) => name)

it('offers those who are here first, not oneself, nor visitors, and many last', () => {
  expect(namesFor({ presence: { zoe: 'here', bob: 'away' } })).toEqual(['Zoe', 'Bob', 'here', 'room'])
  expect(namesFor({ query: 'z' })).toEqual(['Zoe'])
  expect(namesFor({ query: 'ro' })).toEqual(['room'])
  expect(namesFor({ query: 'b' }, [{ ...bob, role: 'visitor' }])).toEqual([])
})

it('offers to call many as the server allows it', () => {
  const calls = (given: Partial<Parameters<typeof offersOf>[1]>) => namesFor(given, [])
  expect(calls({ total: CALL_LIMIT })).toEqual(['here', 'room'])
  expect(calls({ total: CALL_LIMIT + 1 })).toEqual([])
  expect(calls({ total: CALL_LIMIT + 1, room: { kind: 'private', madeBy: 'ann' } })).toEqual(['here', 'room'])
  expect(calls({ total: CALL_LIMIT + 1, me: { ...ann, role: 'admin' } })).toEqual(['here', 'room'])
  expect(calls({ me: { ...ann, role: 'guest' } })).toEqual([])
  expect(calls({ room: { kind: 'direct', madeBy: null } })).toEqual([])
})
