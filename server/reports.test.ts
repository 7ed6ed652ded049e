import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

async function inhabit() {
  const server = await startServer()
  const [olga, bob, eve] = [await server.own('Olga'), await server.connect('Bob'), await server.connect('Eve')]
  return { ...server, olga, bob, eve, lobby: lobbyOf(olga.hello) }
}

it('shows a report to those who look after the place, at once, and not a byte of it to anybody else', async () => {
  const { olga, bob, eve, lobby, connect, connectAs } = await inhabit()
  const ann = await connect('Ann')
  const said = await bob.say('rude')
  await vi.waitFor(() => expect(ann.all('events')).not.toEqual([]))
  const others = [bob, ann]
  await vi.waitFor(() => expect(others.every((one) => one.all('moderation:changed').length === 1)).toBe(true))
  // Who comes and goes is told whenever it is.
  const heardBy = () => others.map(({ heard }) => heard.filter(({ event }) => !event.startsWith('presence:')))
  const before = heardBy()
  await eve.ask('report:make', { roomId: lobby, seq: said.seq, reason: 'not nice' })
  await eve.ask('report:make', { roomId: lobby, seq: said.seq })
  await vi.waitFor(() => expect(olga.all('moderation:changed').at(-1)).toMatchObject({ reports: 1 }))
  const { reports, people } = await olga.ask('report:list', {})
  expect(reports).toMatchObject([
    { body: 'rude', reason: 'not nice', authorId: bob.hello.me.id, reporterId: eve.hello.me.id, room: { id: lobby } },
  ])
  expect(people.map(({ name }) => name).toSorted()).toEqual(['Bob', 'Eve'])
  for (const one of [bob, ann, eve]) {
    await expect(one.ask('report:list', {})).rejects.toThrow('forbidden')
    await expect(one.ask('report:resolve', { id: reports[0]?.id ?? '', outcome: 'nothing' })).rejects.toThrow(
      'forbidden',
    )
  }
  expect(heardBy()).toEqual(before)
  // What is counted is counted for whoever comes to look after the place, too.
  await olga.ask('people:role', { personId: ann.hello.me.id, role: 'admin' })
  await vi.waitFor(() => expect(ann.all('moderation:changed').at(-1)).toMatchObject({ reports: 1 }))
  await ann.ask('report:resolve', { id: reports[0]?.id ?? '', outcome: 'nothing' })
  await vi.waitFor(() => expect(olga.all('moderation:changed').at(-1)).toMatchObject({ reports: 0 }))
  const again = await connectAs(olga.cookie)
  expect(await again.ask('report:list', { open: false })).toMatchObject({ reports: [{ outcome: 'nothing', body: '' }] })
})

it('takes a report only of what one sees, of others, and not too many', async () => {
  const { olga, bob, eve, lobby } = await inhabit()
  const mine = await eve.say('mine')
  await expect(eve.ask('report:make', { roomId: lobby, seq: mine.seq })).rejects.toThrow('forbidden')
  await expect(eve.ask('report:make', { roomId: lobby, seq: 99 })).rejects.toThrow('not_found')
  await expect(eve.ask('report:make', { roomId: lobby, seq: 1, reason: 'x'.repeat(501) })).rejects.toThrow('invalid')
  const { room } = await bob.ask('room:create', { name: 'Board', private: true })
  const hidden = await bob.say('hidden', room.id)
  const answers = await Promise.all(
    [room.id, 'nowhere'].map((roomId) => eve.request('report:make', { roomId, seq: hidden.seq })),
  )
  expect(answers[0]).toEqual(answers[1])
  // Of a private room the message is shown, as somebody who is in it wanted, and the room is not.
  await bob.ask('room:add', { roomId: room.id, personId: eve.hello.me.id })
  await eve.ask('report:make', { roomId: room.id, seq: hidden.seq })
  const { reports } = await olga.ask('report:list', {})
  expect(reports).toMatchObject([{ body: 'hidden', room: null }])
  expect(JSON.stringify(reports)).not.toContain(room.id)
  let refused: unknown
  for (let i = 0; i < 25 && refused === undefined; i++) {
    const { seq } = await bob.say(`rude ${i}`)
    const answer = await eve.request('report:make', { roomId: lobby, seq })
    if (!answer.ok) refused = answer.error.code
  }
  expect(refused).toBe('rate_limited')
})
