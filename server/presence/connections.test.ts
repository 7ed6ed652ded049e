import { expect, it, onTestFinished, vi } from 'vitest'
import { startPushService } from '../../e2e/support/pushService.ts'
import { startNodes } from '../testing/startNodes.ts'
import { lobbyOf, type Visitor } from '../testing/startServer.ts'

const idOf = ({ hello }: Visitor) => hello.me.id
const isHere = (visitor: Visitor, other: Visitor) =>
  visitor.all('presence:changed').some(({ presence }) => presence[idOf(other)] === 'here')

it('tells nobody’s telephone of a room that they look at, connected to another node', async () => {
  const service = await startPushService()
  onTestFinished(() => service.stop().then(() => {}))
  const { one, two } = await startNodes({ PUSH_HOSTS: service.origin, PUSH_AFTER_MS: '300' })
  const [ann, bob, cleo] = [await one.connect('Ann'), await two.connect('Bob'), await two.connect('Cleo')]
  const lobby = lobbyOf(ann.hello)
  for (const [who, name] of [
    [bob, 'bob'],
    [cleo, 'cleo'],
  ] as const) {
    await who.ask('push:room', { roomId: lobby, level: 'all' })
    await who.ask('push:subscribe', service.browser(name))
  }
  await bob.ask('push:looking', { roomId: lobby })
  await vi.waitFor(() => expect([isHere(ann, bob), isHere(ann, cleo)]).toEqual([true, true]))
  const paths = () => service.received.map(({ path }) => path)
  await ann.say('looked at')
  await vi.waitFor(() => expect(paths()).toContain('/cleo'))
  await bob.ask('push:looking', { roomId: null })
  await ann.say('not looked at any more')
  await vi.waitFor(() => expect(paths()).toContain('/bob'))
  const [first] = service.received.filter(({ path }) => path === '/bob')
  expect(first?.push).toMatchObject({ count: 2 })
})

it('shuts the address of who is connected to another node, and none where somebody is there who looks after the place', async () => {
  const { one, two } = await startNodes({ TRUST_PROXY: 'true', JOIN: 'open' })
  const olga = await one.own('Olga')
  const from = (address: string) => ({ 'X-Forwarded-For': address })
  const comeFrom = async (node: typeof one, name: string, address: string) =>
    node.connectAs(await node.comeIn(name), from(address))
  const [eve, mallory] = [await comeFrom(two, 'Eve', '2001:db8:1::1'), await comeFrom(one, 'Mallory', '2001:db8:2::1')]
  const ann = await comeFrom(two, 'Ann', '2001:db8:2::2')
  await olga.ask('people:role', { personId: idOf(ann), role: 'admin' })
  await vi.waitFor(() => expect([isHere(olga, eve), isHere(olga, ann)]).toEqual([true, true]))
  const ban = (one: Visitor) => olga.ask('moderation:ban', { personId: idOf(one), addressDays: 1 })
  expect(await ban(eve)).toMatchObject({ address: true })
  expect(await ban(mallory)).toMatchObject({ address: false })
  await expect(comeFrom(two, 'Dan', '2001:db8:1::2')).rejects.toThrow('unauthorized')
  expect((await comeFrom(one, 'Fay', '2001:db8:2::3')).hello.me.name).toBe('Fay')
})

it('gives no bot the name of one that is connected to another node, and gives it back when that has gone', async () => {
  const { one, two } = await startNodes({ GRACE_MS: '100' })
  const ann = await two.connect('Ann')
  /** Who has written this, as Ann has heard it. */
  const writerOf = (body: string) =>
    ann.all('events').flatMap(({ people, changes }) => {
      const written = changes.find((change) => change.type === 'message:changed' && change.message.body === body)
      return written?.type === 'message:changed' ? people.filter(({ id }) => id === written.message.authorId) : []
    })[0]
  const newest = (id = '') => ann.all('presence:changed').findLast(({ presence }) => id in presence)?.presence[id]
  async function say({ socket }: ReturnType<typeof one.connectTutorial>, body: string) {
    socket.emit('chat message', body)
    return vi.waitFor(() => expect(writerOf(body)).toBeDefined()).then(() => writerOf(body))
  }

  const robot = one.connectTutorial({ name: 'Robot' })
  const first = await say(robot, 'one')
  expect(first?.name).toBe('Robot')
  await vi.waitFor(() => expect(newest(first?.id)).toBe('here'))
  expect((await say(two.connectTutorial({ name: 'Robot' }), 'two'))?.name).toMatch(/^Guest \d+$/)
  robot.socket.disconnect()
  await vi.waitFor(() => expect(newest(first?.id)).toBe(null))
  expect(await say(two.connectTutorial({ name: 'Robot' }), 'three')).toMatchObject({ id: first?.id, name: 'Robot' })
})
