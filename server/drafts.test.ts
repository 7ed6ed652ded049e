import { expect, it, vi } from 'vitest'
import { MESSAGE_LENGTH } from '../protocol/limits.ts'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('tells what somebody writes to their other devices, and to nobody else', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const phone = await connectAs(ann.cookie)
  const roomId = lobbyOf(ann.hello)
  await ann.ask('draft:set', { roomId, text: 'good mor' })
  await ann.ask('draft:set', { roomId, thread: 4, text: 'in a thread' })
  await ann.ask('draft:set', { roomId, text: '' })
  await vi.waitFor(() =>
    expect(phone.all('draft:changed')).toEqual([
      { roomId, text: 'good mor', rev: 1 },
      { roomId, thread: 4, text: 'in a thread', rev: 2 },
      { roomId, text: '', rev: 3 },
    ]),
  )
  expect(await phone.ask('draft:list', {})).toEqual({
    drafts: [{ roomId, thread: 4, text: 'in a thread', rev: 2 }],
    next: null,
  })
  expect(await bob.ask('draft:list', {})).toEqual({ drafts: [], next: null })
  for (const one of [ann, bob]) expect(one.all('draft:changed')).toEqual([])
})

it('refuses a room that one is not in as if there was none, and what could be no message', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { room } = await ann.ask('room:create', { name: 'Open to everybody' })
  const refused = async (change: object) => {
    const answer = await bob.request('draft:set', { roomId: lobbyOf(bob.hello), text: 'x', ...change })
    return answer.ok ? 'ok' : answer.error
  }
  const nowhere = { code: 'not_found', message: 'No such room.' }
  expect(await refused({ roomId: room.id })).toEqual(nowhere)
  expect(await refused({ roomId: 'nowhere' })).toEqual(nowhere)
  expect(await refused({ text: 'x'.repeat(MESSAGE_LENGTH + 1) })).toMatchObject({ code: 'invalid' })
  expect(await refused({ text: 'half \ud83d' })).toMatchObject({ code: 'invalid' })
  expect(await refused({ thread: 0 })).toMatchObject({ code: 'invalid' })
})
