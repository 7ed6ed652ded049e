import { expect, it, vi } from 'vitest'
import { startNodes } from '../testing/startNodes.ts'
import type { Visitor } from '../testing/startServer.ts'

/** The same numbers in each run. */
function createChance(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

it('shows on all nodes who is here, after people came and went, and Redis with them', async () => {
  const { redis, one, two, start } = await startNodes({ GRACE_MS: '100' }, { beat: 100, silent: 20_000 })
  const nodes = [one, two, await start()]
  const watchers = await Promise.all(nodes.map((node, i) => node.connect(`Watcher ${i}`)))
  const cookies = await Promise.all(Array.from({ length: 6 }, (_, i) => one.comeIn(`Person ${i}`)))
  const open: { who: number; tab: Visitor; said: 'here' | 'away' }[] = []
  const chance = createChance(20_261_127)

  for (let round = 0; round < 120; round++) {
    const [who, node = one] = [chance(cookies.length), nodes[chance(nodes.length)]]
    const some = open[chance(open.length)]
    const action = chance(10)
    if (round === 40) await redis.kill('SIGKILL')
    if (round === 60) await redis.start()
    if (action < 4 || !some) {
      open.push({ who, tab: await node.connectAs(cookies[who] ?? ''), said: 'here' })
    } else if (action < 7) {
      some.tab.close()
      open.splice(open.indexOf(some), 1)
    } else {
      some.said = some.said === 'here' ? 'away' : 'here'
      await some.tab.ask('presence:set', { presence: some.said })
    }
  }

  const expected: Record<string, 'here' | 'away'> = Object.fromEntries(
    watchers.map(({ hello }) => [hello.me.id, 'here']),
  )
  for (const { tab, said } of open) if (expected[tab.hello.me.id] !== 'here') expected[tab.hello.me.id] = said
  const shownBy = ({ hello, all }: Visitor) => {
    const told = all('presence:changed').map(({ presence }) => presence)
    const newest: Record<string, unknown> = Object.assign({}, hello.presence, ...told)
    return Object.fromEntries(Object.entries(newest).filter(([, presence]) => presence !== null))
  }
  const isWell = async ({ url }: typeof one) => !('nodes' in (await (await fetch(`${url}/readyz`)).json()))
  for (const node of nodes) await vi.waitFor(async () => expect(await isWell(node)).toBe(true))
  await vi.waitFor(async () => {
    for (const watcher of watchers) expect(shownBy(watcher)).toEqual(expected)
    // And so does who comes now.
    for (const [i, node] of nodes.entries())
      expect((await node.connectAs(watchers[i]?.cookie ?? '')).hello.presence).toEqual(expected)
  }, 10_000)
})
