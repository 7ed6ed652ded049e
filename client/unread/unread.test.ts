import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UNREAD_LIMIT } from '../../protocol/limits.ts'
import { message } from '../testing/room.ts'
import type { Message } from '../../protocol/messages.ts'
import type { ReadPosition } from '../../protocol/unread.ts'
import { putBack } from './putBack.ts'
import { advance, countArrival, forYouOf, nothingRead, readHere, unreadOf, type Unread } from './unread.ts'

const none = (seq: number) => ({ messages: [], head: { seq } })

/** What the server tells a device, in the order of its commits. */
type Told = { message: Message } | { position: ReadPosition }

/** Ann on two devices, each of which hears late what the server commits, and Bob, who writes. */
function place() {
  const messages: Message[] = []
  let [readUpTo, rev] = [0, 0]
  const devices = [0, 1].map(() => ({ unread: nothingRead, head: 0, told: [] as Told[] }))
  const countsNow = () => {
    const above = messages.filter(({ seq, authorId, deleted }) => seq > readUpTo && authorId !== 'ann' && !deleted)
    return { unread: above.length, forYou: above.filter(({ mentions }) => mentions?.includes('ann')).length }
  }
  const positionNow = (): Told => ({
    position: { roomId: 'lobby', readUpTo, rev, ...countsNow(), seq: messages.length },
  })
  const tellAll = (told: Told) => devices.forEach((device) => device.told.push(told))

  return {
    messages,
    devices,
    truth: () => ({ ...countsNow(), readUpTo, rev }),
    write(authorId: string, toMe: boolean) {
      const one = message(messages.length + 1, { authorId, mentions: toMe ? ['ann'] : undefined })
      messages.push(one)
      if (authorId === 'ann') readUpTo = one.seq
      tellAll({ message: one })
    },
    remove(back: number) {
      const one = messages[messages.length - 1 - back]
      if (!one || one.deleted) return
      const gone = message(one.seq, { authorId: one.authorId, deleted: true })
      messages[one.seq - 1] = gone
      tellAll({ message: gone })
    },
    edit(back: number, toMe: boolean) {
      const one = messages[messages.length - 1 - back]
      if (!one || one.deleted) return
      const changed = { ...one, rev: one.rev + 1_000, editedAt: 1, mentions: toMe ? ['ann'] : undefined }
      messages[one.seq - 1] = changed
      tellAll({ message: changed })
    },
    hear(device: Device) {
      const told = device.told.shift()
      if (!told) return
      if ('position' in told) {
        device.head = Math.max(device.head, told.position.seq)
        device.unread = advance(device.unread, told.position)
        return
      }
      device.head = Math.max(device.head, told.message.seq)
      device.unread = countArrival(device.unread, told.message, ['ann'])
    },
    /** As long as the server has not heard of something, a device says its position again. */
    tell(device: Device) {
      if (!device.unread.stale) return
      const said = { rev: device.unread.rev, seq: Math.min(device.unread.readUpTo, messages.length) }
      const isNewer = said.rev > rev || (said.rev === rev && said.seq > readUpTo)
      if (isNewer) [readUpTo, rev] = [said.seq, said.rev]
      if (isNewer) tellAll(positionNow())
      device.told.push(positionNow())
    },
    /** What was on its way is lost; hello tells the position, and the sync what changed meanwhile, in its newest state. */
    cut(device: Device) {
      const missed = device.told.flatMap((told) => ('message' in told ? [told.message.seq] : []))
      const newest = [...new Set(missed)].flatMap((seq) => messages[seq - 1] ?? [])
      device.told = [positionNow(), ...newest.map((one): Told => ({ message: one }))]
    },
  }
}
type Device = { unread: Unread; head: number; told: Told[] }

it('ends on every device with what the server has, through cuts, deletions, reading and putting back in any order', () => {
  const which = fc.nat(1)
  const event = fc.oneof(
    fc.record({
      type: fc.constant('write' as const),
      by: fc.constantFrom('ann', 'bob', 'bob', 'bob'),
      toMe: fc.boolean(),
    }),
    fc.record({ type: fc.constant('edit' as const), back: fc.nat(5), toMe: fc.boolean() }),
    fc.record({ type: fc.constant('remove' as const), back: fc.nat(5) }),
    fc.record({ type: fc.constant('read' as const), which, back: fc.nat(5) }),
    fc.record({ type: fc.constant('putBack' as const), which, back: fc.nat(5) }),
    fc.record({ type: fc.constantFrom('hear' as const, 'tell' as const, 'cut' as const), which }),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), fc.boolean(), (events, holdsMessages) => {
      const { messages, devices, truth, write, edit, remove, hear, tell, cut } = place()
      for (const one of events) {
        if (one.type === 'write') write(one.by, one.toMe)
        else if (one.type === 'edit') edit(one.back, one.toMe)
        else if (one.type === 'remove') remove(one.back)
        else {
          const device = devices[one.which]
          if (!device) continue
          if (one.type === 'hear') hear(device)
          if (one.type === 'tell') tell(device)
          if (one.type === 'cut') cut(device)
          if (one.type === 'read') device.unread = readHere(device.unread, device.head - one.back)
          if (one.type === 'putBack')
            device.unread = putBack(
              device.unread,
              Math.max(0, device.head - one.back),
              { unread: one.back, forYou: 0 },
              device.head,
            )
        }
      }
      for (let round = 0; devices.some(({ told, unread }) => told.length > 0 || unread.stale); round++) {
        expect(round, 'there is an end').toBeLessThan(20)
        for (const device of devices) {
          tell(device)
          while (device.told.length > 0) hear(device)
        }
      }
      for (const { unread, head } of devices) {
        const held = { messages: holdsMessages ? messages : [], head: { seq: head } }
        const { readUpTo, rev } = unread
        const counts = { unread: unreadOf(unread, held, ['ann']), forYou: forYouOf(unread, held, ['ann']) }
        expect({ ...counts, readUpTo, rev }).toEqual(truth())
      }
    }),
    { numRuns: 500 },
  )
})

it('is gone in the moment of reading, before the server has answered', () => {
  const unread = [1, 2, 3].reduce((all, seq) => countArrival(all, message(seq), ['ann']), nothingRead)
  expect(unreadOf(unread, none(3), ['ann'])).toBe(3)
  expect(unreadOf(readHere(unread, 2), none(3), ['ann'])).toBe(1)
  expect(unreadOf(readHere(unread, 3), none(3), ['ann'])).toBe(0)
})

it('counts a message once, however often it is told', () => {
  const twice = countArrival(countArrival(nothingRead, message(1), ['ann']), message(1), ['ann'])
  expect(unreadOf(twice, none(1), ['ann'])).toBe(1)
})

it('does not fall behind an answer that was on its way when more was written', () => {
  const eight = advance(nothingRead, { readUpTo: 5, rev: 0, unread: 3, forYou: 0, seq: 8 })
  const nine = countArrival(eight, message(9), ['ann'])
  expect(unreadOf(advance(nine, { readUpTo: 8, rev: 0, unread: 0, forYou: 0, seq: 8 }), none(9), ['ann'])).toBe(1)
})

it('rises by itself: an older device does not bring back what was read', () => {
  const read = readHere(countArrival(nothingRead, message(1), ['ann']), 1)
  expect(unreadOf(advance(read, { readUpTo: 0, rev: 0, unread: 1, forYou: 0, seq: 1 }), none(1), ['ann'])).toBe(0)
})

it('falls only where it is put back, and an older device does not undo that', () => {
  const read = readHere(
    [1, 2, 3].reduce((all, seq) => countArrival(all, message(seq), ['ann']), nothingRead),
    3,
  )
  const back = putBack(read, 1, { unread: 2, forYou: 0 }, 3)
  expect(unreadOf(back, none(3), ['ann'])).toBe(2)
  const late = advance(back, { readUpTo: 3, rev: 0, unread: 0, forYou: 0, seq: 3 })
  expect(late).toBe(back)
  const answered = advance(late, { readUpTo: 1, rev: 1, unread: 2, forYou: 0, seq: 3 })
  expect(answered).toMatchObject({ readUpTo: 1, rev: 1, stale: false })
  expect(unreadOf(readHere(answered, 3), none(3), ['ann'])).toBe(0)
})

it('is to be told until the server has heard of it', () => {
  const read = readHere(countArrival(nothingRead, message(1), ['ann']), 1)
  expect(read.stale).toBe(true)
  expect(advance(read, { readUpTo: 0, rev: 0, unread: 1, forYou: 0, seq: 1 }).stale).toBe(true)
  expect(advance(read, { readUpTo: 1, rev: 0, unread: 0, forYou: 0, seq: 1 }).stale).toBe(false)
})

it('counts what mentions me among a hundred that came after it', () => {
  const arrived = Array.from({ length: 2 * UNREAD_LIMIT }, (_, i) =>
    message(i + 1, { mentions: i === 0 ? ['room'] : [] }),
  )
  const unread = arrived.reduce((all, one) => countArrival(all, one, ['ann']), nothingRead)
  const seq = arrived.length
  expect([unreadOf(unread, none(seq), ['ann']), forYouOf(unread, none(seq), ['ann'])]).toEqual([UNREAD_LIMIT, 1])
})

it('counts nothing of whom one has blocked, and does not take it as read', () => {
  const quiet = ['ann', 'bob']
  const toAnn = { mentions: ['ann'] }
  const unread = [1, 2].reduce((all, seq) => countArrival(all, message(seq, toAnn), quiet), nothingRead)
  expect([unreadOf(unread, none(2), quiet), forYouOf(unread, none(2), quiet)]).toEqual([0, 0])
  expect(unread.readUpTo).toBe(0)
  const cleo = countArrival(unread, message(3, { ...toAnn, authorId: 'cleo' }), quiet)
  expect([unreadOf(cleo, none(3), quiet), forYouOf(cleo, none(3), quiet)]).toEqual([1, 1])
  const held = { messages: [1, 2].map((seq) => message(seq, toAnn)), head: { seq: 2 } }
  expect([unreadOf(unread, held, quiet), forYouOf(unread, held, quiet)]).toEqual([0, 0])
})
