import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MENTION_LIMIT } from '../../protocol/limits.ts'
import { namedIn } from '../../protocol/mentions.ts'
import { personCalled } from '../testing/room.ts'
import { plainWith } from './plain.ts'
import { withoutRooms, withRooms, withTokens } from './tokens.ts'

const people = [
  personCalled('Maya', 'm'),
  personCalled('Maya O.', 'mo'),
  personCalled('İlker', 'i'),
  personCalled('小林', 'k'),
]
const sent = (text: string) => withTokens(text, people, true)

it('takes a name with an @ before it for who is called so, the longest that fits, whatever its case', () => {
  expect(sent('@Maya and @maya o., @İlker’s @小林 (@Maya)')).toBe('<@m> and <@mo>, <@i>’s <@k> (<@m>)')
})

it('leaves what only looks like a name: addresses, longer words, people who are gone, tokens', () => {
  const text = 'me@Maya @Mayas @Zoe @ Maya @@Maya.x <@Maya>'
  expect(withTokens(text, people, true)).toBe('me@Maya @Mayas @Zoe @ Maya @<@m>.x <@Maya>')
  expect(withTokens('@Maya', [{ ...personCalled('Maya'), gone: true }], true)).toBe('@Maya')
})

it('calls many only where somebody may', () => {
  expect(sent('@here @ROOM @roomy')).toBe('<@here> <@room> @roomy')
  expect(withTokens('@here @room', people, false)).toBe('@here @room')
})

it('names no more than count', () => {
  expect(namedIn(withTokens('@Maya '.repeat(2 * MENTION_LIMIT), people, true))).toEqual(['m'])
  expect(sent('@Maya '.repeat(2 * MENTION_LIMIT)).match(/<@m>/g)).toHaveLength(MENTION_LIMIT)
})

it('reads back as it was written', () => {
  const byId = Object.fromEntries(people.map((person) => [person.id, person]))
  const piece = fc.oneof(fc.string(), fc.constantFrom('@Maya', '@Maya O.', ' ', '@', '@here', '<@', 'İ', '@İlker'))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      fc.pre(!/<@[\w-]+>/.test(text))
      expect(plainWith(byId, sent(text))).toBe(text)
    }),
  )
})

it('finds no name in what every object inherits', () => {
  expect(plainWith({}, '<@constructor> <@__proto__>')).toBe('<@constructor> <@__proto__>')
})

const rooms = [
  { id: 'k', name: 'Kitchen' },
  { id: 'kg', name: 'Kitchen garden' },
  { id: 'd', name: '' },
  { id: 'b', name: 'a [b]' },
]

it('takes the name of a room with a # before it for a link to that room, and reads it back as it was written', () => {
  const text = 'see #kitchen, #Kitchen garden (#Kitchen) and #a [b]'
  const links = 'see [#Kitchen](/r/k), [#Kitchen garden](/r/kg) ([#Kitchen](/r/k)) and [#a \\[b\\]](/r/b)'
  expect(withRooms(text, rooms)).toBe(links)
  expect(withoutRooms(links, rooms)).toBe('see #Kitchen, #Kitchen garden (#Kitchen) and #a [b]')
  expect(withRooms(links, rooms)).toBe(links)
})

it('leaves what only looks like a room: addresses, headings, longer words, code', () => {
  const text = 'https://a.b/x#Kitchen # Kitchen ##Kitchen #Kitchens `#Kitchen` &#Kitchen'
  expect(withRooms(text, rooms)).toBe(text)
})
