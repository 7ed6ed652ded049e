import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ann, bob, personCalled } from '../testing/room.ts'
import { addNotice, type Notice, type NoticeKind } from './notices.ts'

const minute = 60_000
const names = (notices: readonly Notice[]) =>
  notices.map(({ joined, left }) => [joined.map(({ name }) => name), left.map(({ name }) => name)])

it('folds many into one line, as long as nobody says anything between them', () => {
  let notices: readonly Notice[] = []
  for (const name of ['Ada', 'Sam', 'Kim']) notices = addNotice(notices, personCalled(name), 'joined', 7, 0)
  notices = addNotice(notices, bob, 'left', 7, 0)
  expect(names(notices)).toEqual([[['Ada', 'Sam', 'Kim'], ['Bob']]])
  expect(addNotice(notices, ann, 'joined', 8, 0)).toHaveLength(2)
})

it('folds coming and going within five minutes to nothing, also when something was said between', () => {
  const joined = addNotice([], bob, 'joined', 3, 0)
  expect(addNotice(joined, bob, 'left', 3, minute)).toEqual([])
  expect(addNotice(joined, bob, 'left', 9, 4 * minute)).toEqual([])
  expect(names(addNotice(joined, bob, 'left', 9, 6 * minute))).toEqual([
    [['Bob'], []],
    [[], ['Bob']],
  ])
})

it('says of nobody that they are both here and gone, nor anything twice', () => {
  const event = fc.record({
    person: fc.constantFrom(ann, bob),
    kind: fc.constantFrom<NoticeKind>('joined', 'left'),
    seq: fc.nat(2),
  })
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let notices: readonly Notice[] = []
      let seq = 0
      for (const one of events) notices = addNotice(notices, one.person, one.kind, (seq += one.seq), 0)
      for (const { joined, left } of notices) {
        const all = [...joined, ...left].map(({ id }) => id)
        expect(new Set(all).size).toBe(all.length)
        expect(all.length).toBeGreaterThan(0)
      }
    }),
  )
})
