import { expect, it } from 'vitest'
import { message, packet } from '../testing/room.ts'
import { heldAt, quotedBy, withAnswer, withNewest } from './beside.ts'
import { applyChanges, applyReset, newTimeline } from './timeline.ts'

const page = (...messages: ReturnType<typeof message>[]) => ({
  roomId: 'lobby',
  head: { seq: 20, rev: 21 },
  messages,
  people: [],
})
/** The last two of twenty messages, and the third beside them. */
const opened = () => ({
  ...applyReset(newTimeline({ seq: 0, rev: 1 }), page(message(19, { replyTo: 3, thread: 3 }), message(20))),
  beside: { 3: message(3) },
})

it('finds a message in the window or beside it', () => {
  const timeline = opened()
  expect([19, 3, 4, 21].map((seq) => heldAt(timeline, seq)?.seq)).toEqual([19, 3, undefined, undefined])
})

it('follows what becomes of a message that is held beside, in whatever order that is told', () => {
  const edited = message(3, { rev: 22, body: 'new' })
  const deleted = message(3, { rev: 23, deleted: true })
  for (const packets of [
    [packet([edited]), packet([deleted])],
    [packet([deleted]), packet([edited])],
  ]) {
    const { beside, rev } = packets.reduce(applyChanges, opened())
    expect([beside[3], rev]).toEqual([deleted, 23])
  }
})

it('takes with the first message of a thread those that go on in it, wherever the window is', () => {
  const history = { ...opened(), messages: [message(7)], following: false }
  const [reply, other] = [message(21, { replyTo: 19, thread: 3 }), message(22, { replyTo: 9, thread: 9 })]
  const { beside } = applyChanges(history, packet([reply, other]))
  expect(Object.keys(beside)).toEqual(['3', '21'])
})

it('keeps the newest state of each, and takes no answer that is older than what is known of the room', () => {
  const timeline = opened()
  const edited = message(3, { rev: 15, body: 'new' })
  expect(withNewest(withNewest({}, [edited]), [message(3)])).toEqual({ 3: edited })
  expect(withAnswer(timeline, page(edited))).toEqual({ 3: edited })
  expect(withAnswer({ ...timeline, rev: 22 }, page(edited))).toBeNull()
})

it('starts over with nothing beside, and keeps of a room that is left what its messages quote', () => {
  expect(applyReset(opened(), page(message(20))).beside).toEqual({})
  const beside = { 3: message(3), 5: message(5, { thread: 3 }) }
  expect(quotedBy(opened().messages, beside)).toEqual({ 3: message(3) })
})
