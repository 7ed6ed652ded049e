import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const noticesOf = (visitor: Visitor) => visitor.all('presence:notice').flatMap(({ notices }) => notices)

it('says who is here per person, over any number of tabs', async () => {
  const { connect, connectAs } = await startServer({ GRACE_MS: '50' })
  const ann = await connect('Ann')
  const bob = await connect('Bob')
  const tab = await connectAs(bob.cookie)
  expect(tab.hello.presence).toEqual({ [ann.hello.me.id]: 'here', [bob.hello.me.id]: 'here' })
  const heard = () =>
    ann.all('presence:changed').flatMap(({ presence }) => {
      const now = presence[bob.hello.me.id]
      return now === undefined ? [] : [now]
    })
  await vi.waitFor(() => expect(heard()).toEqual(['here']))
  await bob.ask('presence:set', { presence: 'away' })
  bob.close()
  await tab.ask('presence:set', { presence: 'away' })
  await vi.waitFor(() => expect(heard()).toEqual(['here', 'away']))
  tab.close()
  await vi.waitFor(() => expect(heard()).toEqual(['here', 'away', null]))
})

it('gives notice of who joined and left, and none of a reconnect within the grace', async () => {
  const { connect, connectAs } = await startServer({ GRACE_MS: '300' })
  const ann = await connect('Ann')
  const bob = await connect('Bob')
  bob.close()
  const again = await connectAs(bob.cookie)
  again.close()
  const kinds = () => noticesOf(ann).flatMap(({ person, kind }) => (person.name === 'Bob' ? [kind] : []))
  await vi.waitFor(() => expect(kinds()).toEqual(['joined', 'left']))
})

it('tells whoever comes back only who is here or gone since, and everybody after a restart', async () => {
  const { connect, restart } = await startServer({ GRACE_MS: '50' })
  const ann = await connect('Ann')
  const [bob, ...others] = await Promise.all(['Bob', 'Cleo', 'Dan', 'Eli', 'Fay'].map((name) => connect(name)))
  const here = [ann, ...others].map(({ hello }) => hello.me.id)
  const heard = () => ann.all('presence:changed').at(-1)
  await vi.waitFor(() =>
    expect(new Set(ann.all('presence:changed').flatMap(({ presence }) => Object.keys(presence))).size).toBe(6),
  )
  const presenceAt = heard()?.presenceAt
  const comeBack = async () => {
    ann.socket.auth = { natter: 1, presenceAt }
    ann.socket.disconnect().connect()
    const before = ann.all('hello').length
    await vi.waitFor(() => expect(ann.all('hello').length).toBe(before + 1))
    return ann.all('hello').at(-1)
  }
  bob?.close()
  await vi.waitFor(() => expect(heard()?.presence).toEqual({ [bob?.hello.me.id ?? '']: null }))
  const back = await comeBack()
  expect(back?.presence).toEqual({ [bob?.hello.me.id ?? '']: null })
  expect(back?.presenceSince).toBe(presenceAt)
  expect(Object.keys((await connect('Gus')).hello.presence)).toEqual(expect.arrayContaining(here))

  await restart()
  const again = await comeBack()
  expect([again?.presence[ann.hello.me.id], again?.presenceSince]).toEqual(['here', undefined])
})

it('shows nobody as here who was removed, not even for the grace', async () => {
  const { own, connect } = await startServer()
  const [olga, ann, bob] = [await own('Olga'), await connect('Ann'), await connect('Bob')]
  const gone = [ann, bob].map(({ hello }) => hello.me.id)
  bob.close()
  for (const personId of gone) await olga.ask('people:remove', { personId })
  const heard = (id: string) => olga.all('presence:changed').findLast(({ presence }) => id in presence)?.presence[id]
  for (const id of gone) await vi.waitFor(() => expect(heard(id)).toBe(null))
  expect(Object.keys((await connect('Cleo')).hello.presence)).toHaveLength(2)
})

it('says nothing of people who come back after a restart', async () => {
  const { connect, connectAs, restart } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  await restart()
  const back = await connectAs(ann.cookie)
  await connectAs(bob.cookie)
  await connect('Cleo')
  await vi.waitFor(() => expect(noticesOf(back).map(({ person }) => person.name)).toEqual(['Cleo']))
})

it('tells of many who come at once in few packets, each of them once', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const names = Array.from({ length: 40 }, (_, i) => `Guest ${i}`)
  await Promise.all(names.map((name) => connect(name)))
  const joined = () => noticesOf(ann).map(({ person }) => person.name)
  await vi.waitFor(() => expect(joined().length).toBeGreaterThanOrEqual(41))
  expect(joined().toSorted()).toEqual(['Ann', ...names].toSorted())
  expect(ann.all('presence:changed').length).toBeLessThan(20)
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
