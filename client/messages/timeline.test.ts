import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RoomChanges } from '../../protocol/changes.ts'
import type { Message } from '../../protocol/messages.ts'
import { message, packet } from '../testing/room.ts'
import {
  applyChanges,
  applyClose,
  applyHead,
  applyPage,
  applyReset,
  CLOSED_WINDOW,
  isAtEnd,
  newTimeline,
  STEP,
  WINDOW,
  type Timeline,
} from './timeline.ts'

const upTo = (count: number) => Array.from({ length: count }, (_, i) => message(i + 1))
const seqs = ({ messages }: Timeline) => messages.map(({ seq }) => seq)

/** A room of `count` messages of which the newest `shown` were loaded. */
function loaded(count: number, shown = count): Timeline {
  const head = { seq: count, rev: count + 1 }
  const page = { roomId: 'lobby', head, messages: upTo(count).slice(count - shown), people: [] }
  return applyReset(newTimeline(head), page)
}

/** What the server answers to `room:sync`: the newest state of everything above the cursor. */
function sync(timeline: Timeline, newest: readonly Message[], rev: number): Timeline {
  const missed = newest.filter((one) => one.rev > timeline.rev).sort((a, b) => a.rev - b.rev)
  return applyChanges(timeline, { ...packet(missed, timeline.rev), rev })
}

it('shows the same room, whatever packets were lost, doubled, late or out of order', () => {
  const step = fc.record({ edits: fc.option(fc.nat(30), { nil: undefined }), size: fc.integer({ min: 1, max: 4 }) })
  const fate = fc.record({ order: fc.nat(1_000), copies: fc.integer({ min: 0, max: 2 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15 }), fc.array(fate, { minLength: 15, maxLength: 15 }), (steps, fates) => {
      const start = 5
      const newest = new Map(upTo(start).map((one) => [one.seq, one]))
      let rev = start + 1
      const packets = steps.map(({ edits, size }): RoomChanges => {
        const after = rev
        const changed = Array.from({ length: size }, (_, i) => {
          const seq = edits !== undefined && i === 0 ? (edits % newest.size) + 1 : newest.size + 1
          const one = message(seq, { rev: ++rev, body: `state ${rev}` })
          newest.set(seq, one)
          return one
        })
        return { ...packet(changed, after), rev }
      })
      const arriving = packets
        .flatMap((one, i) =>
          Array.from({ length: fates[i]?.copies ?? 1 }, () => ({ one, order: fates[i]?.order ?? 0 })),
        )
        .sort((a, b) => a.order - b.order)

      let timeline = loaded(start)
      for (const { one } of arriving) timeline = applyChanges(timeline, one)
      timeline = applyHead(timeline, { seq: newest.size, rev })
      if (timeline.hole) timeline = sync(timeline, [...newest.values()], rev)

      expect(timeline.messages).toEqual([...newest.values()].sort((a, b) => a.seq - b.seq))
      expect(timeline).toMatchObject({ rev, head: { seq: newest.size, rev }, hole: false, held: [] })
    }),
  )
})

it('holds what comes after a hole until the hole is filled, and shows nothing out of order meanwhile', () => {
  const six = message(6)
  const seven = message(7)
  const holed = applyChanges(loaded(5), packet([seven]))
  expect(holed.hole).toBe(true)
  expect(seqs(holed)).toEqual([1, 2, 3, 4, 5])
  expect(seqs(applyChanges(holed, packet([six])))).toEqual([1, 2, 3, 4, 5, 6, 7])
})

it('finds out from a head that the very end was lost', () => {
  expect(applyHead(loaded(5), { seq: 6, rev: 7 }).hole).toBe(true)
  expect(applyHead(loaded(5), { seq: 5, rev: 6 }).hole).toBe(false)
})

it('never goes back to an older state of a message', () => {
  const newer = applyChanges(loaded(5), packet([message(3, { rev: 7, body: 'new' })], 6))
  const older = applyChanges(newer, packet([message(3, { rev: 6, body: 'old' })], 5))
  expect(older.messages[2]?.body).toBe('new')
})

it('keeps a window of bounded size, trimmed at the end that nobody is reading', () => {
  let timeline = loaded(1_000, 100)
  for (let first = 900; first > 400; first -= 50) {
    timeline = applyPage(timeline, pageOf(first - 49, first), 'older')
  }
  expect(timeline.messages).toHaveLength(WINDOW)
  expect(timeline.messages[0]?.seq).toBe(401)
  expect(isAtEnd(timeline)).toBe(false)
  timeline = applyPage(timeline, pageOf(801, 850), 'newer')
  expect([timeline.messages[0]?.seq, timeline.messages.at(-1)?.seq]).toEqual([451, 850])
})

it('drops nothing that a reader further up can see for what arrives', () => {
  const reading = { ...loaded(WINDOW), following: false }
  const after = applyChanges(reading, packet([message(WINDOW + 1)]))
  expect(after.messages[0]?.seq).toBe(1)
  expect(isAtEnd(after)).toBe(false)
  const following = applyChanges(loaded(WINDOW), packet([message(WINDOW + 1)]))
  expect([following.messages[0]?.seq, isAtEnd(following)]).toEqual([STEP + 1, true])
})

it('keeps of a room that is left what was in sight, and a page around it', () => {
  const reading = { ...loaded(WINDOW), following: false }
  expect(seqs(applyClose(reading, null))).toEqual(seqs(loaded(WINDOW, CLOSED_WINDOW)))
  const around = seqs(applyClose(reading, message(200).key))
  expect([around[0], around.at(-1), around.length]).toEqual([150, 249, CLOSED_WINDOW])
  expect(seqs(applyClose(reading, message(3).key))).toEqual(Array.from({ length: 52 }, (_, i) => i + 1))
})

it('asks again for what changed while a page was on its way, and was here before it', () => {
  const known = applyChanges(loaded(10), packet([message(11), message(3, { rev: 13, body: 'newer' })], 11))
  const page = pageOf(1, 10)
  for (const before of [known, { ...known, loaded: false, messages: [] }]) {
    const late = applyReset(before, { ...page, head: { seq: 10, rev: 11 } })
    expect(late.hole).toBe(true)
    const whole = sync(late, known.messages, 13)
    expect([whole.hole, seqs(whole), whole.messages[2]?.body]).toEqual([false, seqs(known), 'newer'])
  }
  const [older, newer] = [loaded(100, 50), { ...loaded(100, 100), messages: upTo(50) }]
  for (const [before, side, from] of [
    [older, 'older', 31],
    [newer, 'newer', 51],
  ] as const) {
    const edited = message(from + 1, { rev: 102, body: 'edited' })
    const late = applyPage(
      applyChanges(before, packet([edited])),
      { ...pageOf(from, from + 19), head: { seq: 100, rev: 101 } },
      side,
    )
    expect(late.hole).toBe(true)
    expect(sync(late, [edited], 102).messages).toContainEqual(edited)
  }
})

it('lets a page go that borders on nothing any more', () => {
  expect(seqs(applyPage(loaded(100, 10), pageOf(40, 60), 'older'))).toHaveLength(10)
})

function pageOf(from: number, to: number) {
  const messages = upTo(to).slice(from - 1)
  return { roomId: 'lobby', head: { seq: 1_000, rev: 1_001 }, messages, people: [] }
}
