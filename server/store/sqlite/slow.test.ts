import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openDatabase } from './database.ts'
import { createOperations } from '../sql/operations.ts'
import { defaultRoomOf } from '../sql/queries.ts'
import { migrate } from './schema.ts'

/** The writer's thread has a clock of its own, so its operations are run here, by a clock that the test turns. */
function slowLobby() {
  vi.useFakeTimers({ toFake: ['Date'] })
  const database = openDatabase(':memory:')
  onTestFinished(() => {
    database.close()
    vi.useRealTimers()
  })
  migrate(database, ':memory:', { defaultRoom: 'Lobby', tell: () => {} })
  const nobody = () => {}
  const operations = createOperations(database, {
    inRoom: nobody,
    person: nobody,
    place: nobody,
    session: nobody,
    deletedRoom: nobody,
    alone: nobody,
    moderated: nobody,
    reported: nobody,
    sent: nobody,
  })
  const roomId = defaultRoomOf(database)
  const { id: authorId } = operations['people.create']({ name: 'ann', role: 'member' })
  operations['rooms.setWriting']({ roomId, slowMode: 30 })
  return {
    say: () => operations['messages.append']({ roomId, authorId, key: randomUUID(), body: 'hi' }),
    goOn: (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds),
  }
}

it('says how long somebody waits in a slow room, and takes their next message then', () => {
  const { say, goOn } = slowLobby()
  say()
  goOn(28_500)
  expect(say).toThrow(
    expect.objectContaining({ message: 'You can write again in 2 seconds.', code: 'rate_limited', retryAfter: 1_500 }),
  )
  goOn(1_499)
  expect(say).toThrow('You can write again in 1 second.')
  goOn(1)
  say()
})

it('keeps nobody waiting for a clock that was set back', () => {
  const { say, goOn } = slowLobby()
  say()
  goOn(-60 * 60_000)
  say()
  expect(say).toThrow('You can write again in 30 seconds.')
})
