import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { createCluster } from '../cluster/redis.ts'
import { createLog } from '../log.ts'
import { startRedis, type Service } from '../testing/services.ts'
import type { Known, Said } from './board.ts'
import { linkNodes, type Times } from './nodes.ts'

let redis: Service
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

const knownAs = (said: Said): Known => ({ said, looking: [], from: [] })

/** A node, and what it knows of the others. */
async function node(placeId: string, times: Times = { beat: 50, silent: 60_000 }, { url }: { url: string } = redis) {
  const cluster = createCluster({ url, log: createLog('silent') })
  onTestFinished(cluster.close)
  const mine = new Map<string, Known>()
  const known = new Map<string, Map<string, Known>>()
  const forgotten: { nodeId: string; inOrder: boolean }[] = []
  const nodes = linkNodes({
    cluster,
    mine: () => new Map(mine),
    hear(nodeId, people, whole) {
      const said = (whole ? undefined : known.get(nodeId)) ?? new Map<string, Known>()
      known.set(nodeId, said)
      for (const [id, one] of people) {
        if (one) said.set(id, one)
        else said.delete(id)
      }
    },
    forget(nodeId, inOrder) {
      known.delete(nodeId)
      forgotten.push({ nodeId, inOrder })
    },
    times,
  })
  onTestFinished(nodes.close)
  await cluster.join(placeId)
  return {
    ...cluster,
    nodes,
    forgotten,
    say(people: Record<string, Said | null>) {
      const all = Object.entries(people).map(([id, said]) => [id, said && knownAs(said)] as const)
      for (const [id, one] of all) {
        if (one) mine.set(id, one)
        else mine.delete(id)
      }
      nodes.tell(new Map(all))
    },
    /** Changes nothing that anybody is told of. */
    keepQuiet: (id: string, said: Said) => void mine.set(id, knownAs(said)),
    of: ({ nodeId }: { nodeId: string }) =>
      Object.fromEntries([...(known.get(nodeId) ?? [])].map(([id, { said }]) => [id, said])),
  }
}

it('tells a node that starts of everybody, and then only of changes', async () => {
  const ann = await node('starting')
  ann.say({ a: 'here', b: 'away' })
  const bob = await node('starting')
  await vi.waitFor(() => expect(bob.of(ann)).toEqual({ a: 'here', b: 'away' }))
  bob.say({ a: 'away' })
  ann.say({ a: null, c: 'here' })
  await vi.waitFor(() => expect([bob.of(ann), ann.of(bob)]).toEqual([{ b: 'away', c: 'here' }, { a: 'away' }]))
  const { told } = ann.counts()
  ann.say({ c: 'here', d: null })
  await vi.waitFor(() => expect(ann.counts().told).toBeGreaterThan(told))
  expect(bob.of(ann)).toEqual({ b: 'away', c: 'here' })
})

/** One that speaks as a node does, and only when it is told to. */
async function speaker(placeId: string, { url }: { url: string } = redis) {
  const cluster = createCluster({ url, log: createLog('silent') })
  onTestFinished(cluster.close)
  const heard: Record<string, unknown>[] = []
  cluster.hear('presence', (payload) => heard.push(JSON.parse(payload)))
  await cluster.join(placeId)
  return { ...cluster, heard, say: (packet: unknown) => cluster.tell('presence', JSON.stringify(packet)) }
}

it('asks for everybody where a number is missing, and tells everybody to whoever asks', async () => {
  const [bob, other] = [await node('lossy'), await speaker('lossy')]
  const asked = () => other.heard.filter(({ ask }) => ask === other.nodeId).length
  other.say({ n: 1, whole: true, people: [['a', knownAs('here')]] })
  other.say({ n: 2, people: [['b', knownAs('here')]] })
  other.say({ n: 2, people: [] })
  await vi.waitFor(() => expect(bob.of(other)).toEqual({ a: 'here', b: 'here' }))
  const { told } = bob.counts()
  await vi.waitFor(() => expect(bob.counts().told, 'beats').toBeGreaterThan(told + 2))
  expect(asked(), 'nothing is missing').toBe(0)
  other.say({ n: 4, people: [] })
  await vi.waitFor(() => expect(asked()).toBe(1))
  other.say({ n: 4, whole: true, people: [['c', knownAs('away')]] })
  await vi.waitFor(() => expect(bob.of(other)).toEqual({ c: 'away' }))

  bob.keepQuiet('d', 'here')
  other.say({ n: 4, people: [], ask: bob.nodeId })
  await vi.waitFor(() =>
    expect(other.heard).toContainEqual(expect.objectContaining({ whole: true, people: [['d', knownAs('here')]] })),
  )
})

it('forgets at once a node that ends in order, and one that was silent when it is over', async () => {
  const [ann, bob, eve] = [await node('ending'), await node('ending'), await node('ending', { beat: 50, silent: 500 })]
  for (const one of [ann, bob]) one.say({ [one.nodeId]: 'here' })
  await vi.waitFor(() => expect([eve.of(ann), eve.of(bob)].map((one) => Object.keys(one).length)).toEqual([1, 1]))
  ann.nodes.close()
  await vi.waitFor(() => expect(eve.forgotten).toEqual([{ nodeId: ann.nodeId, inOrder: true }]))
  // It dies: nothing is heard of it from here on.
  await bob.close()
  expect(eve.of(bob)).toEqual({ [bob.nodeId]: 'here' })
  await vi.waitFor(() => expect(eve.forgotten.at(-1)).toEqual({ nodeId: bob.nodeId, inOrder: false }))
})

it('takes nobody for dead while Redis is restarted, and knows everybody after it', async () => {
  const own = await startRedis()
  onTestFinished(own.stop)
  const times = { beat: 50, silent: 3_000 }
  const [ann, bob] = [await node('restarted', times, own), await node('restarted', times, own)]
  ann.say({ a: 'here' })
  await vi.waitFor(() => expect(bob.of(ann)).toEqual({ a: 'here' }))
  await own.kill('SIGKILL')
  await vi.waitFor(() => expect(ann.trouble()).not.toBe(null))
  ann.say({ a: null, b: 'here' })
  await own.start()
  await vi.waitFor(() => expect(bob.of(ann)).toEqual({ b: 'here' }))
  expect(bob.forgotten).toEqual([])
})

it('counts nobody’s silence from before it could hear again', async () => {
  const own = await startRedis()
  onTestFinished(own.stop)
  const silent = 1_500
  const [bob, other] = [await node('deaf', { beat: 50, silent }, own), await speaker('deaf', own)]
  const joins: number[] = []
  bob.onJoin(() => joins.push(performance.now()))
  other.say({ n: 1, whole: true, people: [['a', knownAs('here')]] })
  await vi.waitFor(() => expect(bob.of(other)).toEqual({ a: 'here' }))
  await own.kill('SIGKILL')
  await vi.waitFor(() => expect(bob.trouble()).not.toBe(null))
  await own.start()
  await vi.waitFor(() => expect(bob.forgotten).toEqual([{ nodeId: other.nodeId, inOrder: false }]))
  expect(performance.now() - (joins.at(-1) ?? Infinity)).toBeGreaterThan(silent)
})

it('takes nobody for dead because it was stopped itself', async () => {
  const [ann, bob] = [await node('stopped'), await node('stopped', { beat: 50, silent: 400 })]
  ann.say({ a: 'here' })
  await vi.waitFor(() => expect(bob.of(ann)).toEqual({ a: 'here' }))
  const until = performance.now() + 1_000
  while (performance.now() < until);
  const { heard } = bob.counts()
  await vi.waitFor(() => expect(bob.counts().heard).toBeGreaterThan(heard + 3))
  expect([bob.of(ann), bob.forgotten]).toEqual([{ a: 'here' }, []])
})
