import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('says who is here per person, over any number of tabs', async () => {
  const { connect, connectAs } = await startServer({ GRACE_MS: '50' })
  const ann = await connect('Ann')
  const bob = await connect('Bob')
  const tab = await connectAs(bob.cookie)
  expect(tab.hello.presence).toEqual({ [ann.hello.me.id]: 'here', [bob.hello.me.id]: 'here' })
  await bob.ask('presence:set', { presence: 'away' })
  bob.close()
  await tab.ask('presence:set', { presence: 'away' })
  tab.close()
  const personId = bob.hello.me.id
  await vi.waitFor(() =>
    expect(ann.all('presence:changed').filter((one) => one.personId === personId)).toEqual([
      { personId, presence: 'here' },
      { personId, presence: 'away' },
      { personId, presence: null },
    ]),
  )
})

it('gives notice of who joined and left, and none of a reconnect within the grace', async () => {
  const { connect, connectAs } = await startServer({ GRACE_MS: '300' })
  const ann = await connect('Ann')
  const bob = await connect('Bob')
  bob.close()
  const again = await connectAs(bob.cookie)
  again.close()
  const kinds = () => ann.all('presence:notice').flatMap(({ person, kind }) => (person.name === 'Bob' ? [kind] : []))
  await vi.waitFor(() => expect(kinds()).toEqual(['joined', 'left']))
})

it('says nothing of people who come back after a restart', async () => {
  const { connect, connectAs, restart } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  await restart()
  const back = await connectAs(ann.cookie)
  await connectAs(bob.cookie)
  await connect('Cleo')
  await vi.waitFor(() => expect(back.all('presence:notice').map(({ person }) => person.name)).toEqual(['Cleo']))
})

it('tells the others who is writing, never oneself, and stops when the connection ends', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const tab = await connectAs(bob.cookie)
  const roomId = lobbyOf(bob.hello)
  await bob.ask('typing:set', { roomId, typing: true })
  bob.close()
  await vi.waitFor(() => expect(ann.all('typing:changed').map(({ typing }) => typing)).toEqual([true, false]))
  expect(tab.all('typing:changed')).toEqual([])
})
