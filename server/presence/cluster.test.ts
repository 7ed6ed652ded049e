import { expect, it, onTestFinished, vi } from 'vitest'
import { createCluster } from '../cluster/redis.ts'
import { createLog } from '../log.ts'
import { startNodes } from '../testing/startNodes.ts'
import { lobbyOf, type Visitor } from '../testing/startServer.ts'
import { linkNodes } from './nodes.ts'

const noticesOf = (visitor: Visitor, name: string) =>
  visitor
    .all('presence:notice')
    .flatMap(({ notices }) => notices.flatMap(({ person, kind }) => (person.name === name ? [kind] : [])))
const seenOf = (visitor: Visitor, { hello }: Visitor) =>
  visitor.all('presence:changed').flatMap(({ presence }) => {
    const now = presence[hello.me.id]
    return now === undefined ? [] : [now]
  })

it('shows who is here on all nodes, as one person over tabs on several', async () => {
  const { one, two } = await startNodes({ GRACE_MS: '300' })
  const [ann, cleo] = [await one.connect('Ann'), await two.connect('Cleo')]
  const bob = await two.connect('Bob')
  const sees = async (...all: unknown[]) => {
    for (const other of [ann, cleo]) await vi.waitFor(() => expect(seenOf(other, bob)).toEqual(all))
  }
  await sees('here')
  await bob.ask('presence:set', { presence: 'away' })
  await sees('here', 'away')
  const tab = await one.connectAs(bob.cookie)
  expect(Object.keys(tab.hello.presence).toSorted()).toEqual(
    [ann, bob, cleo].map(({ hello }) => hello.me.id).toSorted(),
  )
  await sees('here', 'away', 'here')
  bob.close()
  await tab.ask('presence:set', { presence: 'away' })
  await sees('here', 'away', 'here', 'away')
  tab.close()
  await sees('here', 'away', 'here', 'away', null)
  for (const other of [ann, cleo]) await vi.waitFor(() => expect(noticesOf(other, 'Bob')).toEqual(['joined', 'left']))
})

it('gives no notice of who comes back within the grace, on whichever node', async () => {
  const { one, two } = await startNodes({ GRACE_MS: '1000' })
  const [ann, cleo] = [await one.connect('Ann'), await two.connect('Cleo')]
  const bob = await one.connect('Bob')
  await vi.waitFor(() => expect(noticesOf(cleo, 'Bob')).toEqual(['joined']))
  bob.close()
  const again = await two.connectAs(bob.cookie)
  const dan = await two.connect('Dan')
  for (const other of [ann, cleo]) await vi.waitFor(() => expect(noticesOf(other, 'Dan')).toEqual(['joined']))
  dan.close()
  // Later than Bob, so that Bob's grace would be over.
  for (const other of [ann, cleo]) {
    await vi.waitFor(() => expect(noticesOf(other, 'Dan')).toEqual(['joined', 'left']))
    expect(noticesOf(other, 'Bob')).toEqual(['joined'])
    expect(seenOf(other, again)).toEqual(['here'])
  }
})

it('learns when it starts who is here, and says nothing of them', async () => {
  const { one, start } = await startNodes()
  const [ann, bob] = [await one.connect('Ann'), await one.connect('Bob')]
  await bob.ask('presence:busy', { milliseconds: null })
  const third = await start()
  const tab = await third.connectAs(ann.cookie)
  const here = () => ({
    ...tab.hello.presence,
    ...Object.assign({}, ...tab.all('presence:changed').map((told) => told.presence)),
  })
  await vi.waitFor(() => expect(here()).toEqual({ [ann.hello.me.id]: 'here', [bob.hello.me.id]: 'busy' }))
  const cleo = await one.connect('Cleo')
  await vi.waitFor(() => expect(noticesOf(tab, 'Cleo')).toEqual(['joined']))
  expect(tab.all('presence:notice').flatMap(({ notices }) => notices)).toHaveLength(1)
  expect(here()).toMatchObject({ [cleo.hello.me.id]: 'here' })
})

it('gives the people of a node that ends in order their grace, and no notice of who comes back elsewhere', async () => {
  const { one, two } = await startNodes({ GRACE_MS: '1500' })
  const cleo = await two.connect('Cleo')
  const [ann, bob] = [await one.connect('Ann'), await one.connect('Bob')]
  await vi.waitFor(() => expect([seenOf(cleo, ann), seenOf(cleo, bob)]).toEqual([['here'], ['here']]))
  await one.stop()
  const back = await two.connectAs(ann.cookie)
  expect(back.hello.presence).toMatchObject({ [bob.hello.me.id]: 'here' })
  await vi.waitFor(() => expect(seenOf(cleo, bob)).toEqual(['here', null]))
  await vi.waitFor(() => expect(noticesOf(cleo, 'Bob')).toEqual(['joined', 'left']))
  expect([seenOf(cleo, ann), noticesOf(cleo, 'Ann')]).toEqual([['here'], ['joined']])
})

it('lets the people of a node go that died, when it was silent for long, except those who came back', async () => {
  const times = { beat: 100, silent: 800 }
  const { redis, one, two } = await startNodes({ GRACE_MS: '400' }, times)
  const ann = await one.connect('Ann')
  const [bob, dan] = [await one.connect('Bob'), await one.connect('Dan')]
  // What they were on is no more; another node says that they are there, and dies.
  const dying = createCluster({ url: redis.url, log: createLog('silent') })
  const ids = [bob, dan].map(({ hello }) => hello.me.id)
  const nodes = linkNodes({
    cluster: dying,
    mine: () => new Map(ids.map((id) => [id, { said: 'here', looking: [], from: [] }])),
    hear() {},
    forget() {},
    times,
  })
  onTestFinished(nodes.close)
  await dying.join(one.store.placeId)
  for (const gone of [bob, dan]) gone.close()
  await dying.close()
  const died = performance.now()
  const back = await two.connectAs(dan.cookie)
  await vi.waitFor(() => expect(seenOf(ann, bob)).toEqual(['here', null]))
  expect(performance.now() - died).toBeGreaterThan(600)
  await vi.waitFor(() => expect(noticesOf(ann, 'Bob')).toEqual(['joined', 'left']))
  expect([seenOf(ann, dan), noticesOf(ann, 'Dan')]).toEqual([['here'], ['joined']])
  expect(back.hello.presence).toMatchObject({ [dan.hello.me.id]: 'here' })
})

it.each([
  { signal: 'SIGKILL', silent: 300 },
  { signal: 'SIGSTOP', silent: 4_000 },
] as const)(
  'shows at least its own after $signal of Redis, gives no notice of the others, and heals',
  async (fault) => {
    const { signal, silent } = fault
    const { redis, one, two } = await startNodes({ GRACE_MS: '200' }, { beat: 100, silent })
    const [ann, bob] = [await one.connect('Ann'), await two.connect('Bob')]
    await vi.waitFor(() => expect(seenOf(ann, bob)).toEqual(['here']))
    await redis.kill(signal)
    await vi.waitFor(() => expect(seenOf(ann, bob)).toEqual(['here', null]))
    const cleo = await one.connect('Cleo')
    expect(Object.keys(cleo.hello.presence).toSorted()).toEqual([ann, cleo].map(({ hello }) => hello.me.id).toSorted())
    await (signal === 'SIGKILL' ? redis.start() : redis.kill('SIGCONT'))
    await vi.waitFor(() => expect(seenOf(ann, bob)).toEqual(['here', null, 'here']))
    await vi.waitFor(() => expect(seenOf(bob, cleo)).toEqual(['here']))
    expect(noticesOf(ann, 'Bob')).toEqual(['joined'])
  },
)

it('tells those on other nodes who is writing, and nobody who has blocked them', async () => {
  const { one, two } = await startNodes()
  const [ann, bob, eve] = [await one.connect('Ann'), await two.connect('Bob'), await two.connect('Eve')]
  const roomId = lobbyOf(ann.hello)
  const tab = await two.connectAs(ann.cookie)
  await eve.ask('block:set', { personId: ann.hello.me.id, blocked: true })
  await ann.ask('typing:set', { roomId, typing: true })
  await vi.waitFor(() =>
    expect(bob.all('typing:changed')).toEqual([{ roomId, personId: ann.hello.me.id, typing: true }]),
  )
  ann.close()
  await vi.waitFor(() => expect(bob.all('typing:changed').map(({ typing }) => typing)).toEqual([true, false]))
  expect([eve.all('typing:changed'), tab.all('typing:changed')]).toEqual([[], []])
})
