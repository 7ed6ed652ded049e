import { expect, it } from 'vitest'
import type { Person } from '../../protocol/people.ts'
import type { RoomRow } from '../rooms/useRooms.ts'
import { excerptOf } from './excerpt.ts'
import { askedOf, filterAt, filterOf, partsOfFilter } from './filters.ts'
import { fitOf, markedName, optionsFor } from './options.ts'

const room = (name: string, given: Partial<RoomRow> = {}): RoomRow => ({
  id: name,
  kind: 'public',
  name,
  isDefault: false,
  unread: 0,
  forYou: 0,
  others: [],
  presence: null,
  archived: false,
  favourite: null,
  preview: '',
  activeAt: 0,
  isMuted: false,
  ...given,
})
const person = (name: string, given: Partial<Person> = {}): Person => ({
  id: name,
  rev: 1,
  name,
  role: 'member',
  gone: false,
  tint: 0,
  ...given,
})
const namesFor = (typed: string, rooms: RoomRow[], people: Person[] = []) =>
  optionsFor(typed, { rooms, people, openRoomId: 'open' }).map(({ id }) => id)

it('offers what waits for me, then what is unread, then where something happened last, before anything is typed', () => {
  const rooms = [
    room('old', { activeAt: 1 }),
    room('recent', { activeAt: 9 }),
    room('unread', { unread: 2 }),
    room('mine', { unread: 1, forYou: 1 }),
    room('open', { forYou: 1 }),
    room('put away', { archived: true, activeAt: 20 }),
  ]
  expect(namesFor('', rooms, [person('ann')])).toEqual(['mine', 'unread', 'recent', 'old'])
})

it('finds names that begin so, then words that do, then letters in order, whatever their case and accents', () => {
  const rooms = [room('The bookings'), room('Bookkeeping'), room('Café'), room('Back of the yard'), room('Boo-boo')]
  expect(namesFor('boo', rooms, [person('Boo Tran')])).toEqual(['Boo Tran', 'Boo-boo', 'Bookkeeping', 'The bookings'])
  expect(namesFor('bky', rooms)).toEqual(['Back of the yard'])
  expect(namesFor('CAFE', rooms)).toEqual(['Café'])
  expect(fitOf('产品讨论', '讨论')).toBe(1)
  expect(fitOf('a.b', '.')).not.toBe(0)
})

it('names somebody once, and nobody who is gone', () => {
  const people = [person('Ann'), person('Anna', { gone: true }), person('Anton', { role: 'visitor' })]
  const direct = room('Ann', { id: 'direct', kind: 'direct', others: [person('Ann')] })
  expect(namesFor('an', [direct], people)).toEqual(['direct'])
})

function shownOf(parts: readonly string[], ...marked: string[]): string {
  const text = parts.join('\n')
  const marks = marked.map((word): [number, number] => [text.indexOf(word), text.indexOf(word) + word.length])
  return excerptOf(parts, marks, (id) => (id === 'ann' ? '@Ann' : undefined))
    .map(({ text, marked: is }) => (is ? `[${text}]` : text))
    .join('')
}
const shown = (body: string, ...marked: string[]) => shownOf([body], ...marked)

it('shows the text around the first place, marked, with the names of people', () => {
  expect(shown('Hi <@ann> and <@bob>, more tea', 'tea')).toBe('Hi @Ann and <@bob>, more [tea]')
  const long = `${'long before '.repeat(20)}here it is ${'and after '.repeat(60)}`
  const excerpt = shown(long, 'here')
  expect(excerpt).toMatch(/^…(?:before |long )+\[here\] it is and after .*…$/)
  expect(excerpt.length).toBeLessThan(300)
  expect(shown(`${'👩‍💻'.repeat(100)} tea`, 'tea').isWellFormed()).toBe(true)
  expect(shown('nothing marked')).toBe('nothing marked')
  expect(shown('**more** _tea_ `a*b*c` and 2*3*4', 'more', 'tea')).toBe('[more] [tea] a*b*c and 2*3*4')
  expect(shown('tea, ||and who did it||, tea', 'tea', 'who')).toBe('[tea], ▒▒▒, tea')
})

it('sets apart what a text says, what can be voted for, and what files are called, and reads only the text as it is set', () => {
  expect(shownOf(['The bench\nand the _shed_', 'bench.png', 'the_old_shed.png'], 'bench', 'old')).toBe(
    'The [bench]\nand the shed · bench.png · the_[old]_shed.png',
  )
  expect(shownOf(['', 'bench.png', 'a bench'], 'bench')).toBe('[bench].png · a bench')
  expect(shownOf(['it is ||not seen', 'bench.png'], 'bench')).toBe('it is ▒▒▒ · [bench].png')
  const long = shownOf([`${'and on '.repeat(80)}`, 'bench.png'], 'bench')
  expect(long).toMatch(/^…and on .* · \[bench\]\.png$/)
})

it('knows a filter that is being written, and writes it so that it is read again', () => {
  expect(filterAt('tea from:ma', 11)).toEqual({ from: 4, query: 'from:ma' })
  expect(filterAt('in:"two wo', 10)).toEqual({ from: 0, query: 'in:"two wo' })
  for (const text of ['login:ma', 'from: ma', 'in:"two words" x', 'has:l'])
    expect(filterAt(text, text.length)).toBeNull()
  expect(partsOfFilter('From:"Ben D')).toEqual({ filter: 'from', name: 'Ben D' })
  expect([filterOf('from', 'Ann'), filterOf('in', 'The "old" yard')]).toEqual(['from:Ann', 'in:"The old yard"'])
  for (const [query, asked] of [
    ['tea in:', 'tea'],
    ['tea in:"', 'tea'],
    ['in:', ''],
    ['within:', 'within:'],
    ['tea in:x', 'tea in:x'],
  ] as const)
    expect(askedOf(query)).toBe(asked)
})

it('marks in a name where a word begins as was typed', () => {
  const marked = (name: string, typed: string) =>
    markedName(name, typed)
      .map(({ text, marked: is }) => (is ? `[${text}]` : text))
      .join('')
  expect(marked('Booking app', 'boo')).toBe('[Boo]king app')
  expect(marked('The bookings', 'book')).toBe('The [book]ings')
  expect(marked('Cafe\u0301 Łódź', 'cafe')).toBe('[Cafe\u0301] Łódź')
  expect(marked('产品讨论', '讨论')).toBe('产品[讨论]')
  expect(marked('Back of the yard', 'bky')).toBe('Back of the yard')
  expect(marked('Ann', ' ')).toBe('Ann')
})
