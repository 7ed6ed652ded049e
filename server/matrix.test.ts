import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { requests, type RequestName } from '../protocol/index.ts'
import { endpoints, type Endpoint } from './matrix/addresses.ts'
import { casesOf, cellsOf, createAsking } from './matrix/asking.ts'
import { keys, type Things } from './matrix/table.ts'
import { inhabit, kinds, type Furnished, type Kind, type World } from './matrix/world.ts'

const names = Object.keys(requests) as RequestName[]

it('gives to everybody what is theirs, whatever they ask, and of other rooms as much as of none', async () => {
  const world = await inhabit()
  const rooms = Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind, await world.furnish(kind)])),
  ) as Record<Kind, Furnished>
  const things = await gather(world)
  const untouched = () =>
    world.store.rooms.heads([rooms.archived, rooms.open, rooms.secret, rooms.conversation].map(({ roomId }) => roomId))
  const before = await untouched()
  const asking = createAsking(world, rooms, things)
  for (const name of names) for (const one of casesOf(name)) await asking.everyoneAsks(name, one)

  expect(asking.wrong).toEqual([])
  expect(asking.tried()).toBe(names.flatMap(casesOf).reduce((sum, one) => sum + cellsOf(one), 0))
  console.log(`authorisation: ${asking.tried().toLocaleString('en')} cells`)
  // What was refused has changed nothing.
  expect(await untouched()).toEqual(before)
  // Nobody has signed anybody else out, nor taken a browser of theirs.
  expect((await world.store.sessions.list(things.zed, 10)).map(({ id }) => id)).toEqual([things.session])
  expect((await world.store.push.of(things.zed)).map(({ endpoint }) => endpoint)).toEqual([things.endpoint])
}, 60_000)

it('answers nobody who has not come in, and a page of the tutorial as if there were no requests', async () => {
  const world = await inhabit()
  const { roomId } = await world.furnish('announcement')
  await expect(world.connectAs('')).rejects.toThrow('unauthorized')
  const page = world.connectTutorial()
  await vi.waitFor(() => expect(page.socket.connected).toBe(true))
  const engine = `${world.url}/socket.io/?EIO=4&transport=polling`
  const tryOne = async (name: RequestName) => {
    const answer: unknown = await page.socket.timeout(10_000).emitWithAck(name, { roomId })
    expect(answer, name).toEqual({ ok: false, error: { code: 'unknown_request', message: 'There is no such event.' } })
    // Whoever goes on although the door stayed shut.
    const { sid } = JSON.parse((await (await fetch(engine)).text()).slice(1)) as { sid: string }
    const connection = `${engine}&sid=${sid}`
    await fetch(connection, { method: 'POST', body: `420${JSON.stringify([name, { roomId }])}` })
    const heard = await (await fetch(connection)).text()
    expect(heard, name).not.toContain('43')
  }
  await Promise.all(names.map(tryOne))
})

it('lets nobody in by an address whose it is not, nor another page in anybody’s name, and changes nothing when asked', async () => {
  const world = await inhabit()
  const { store, url, cast } = world
  const routes = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(path.join(import.meta.dirname, file), 'utf8').matchAll(
        /\b(?:router|app)\.(get|put|post|patch|delete)\(\s*'([^']+)'/g,
      ),
    ])
    .map(([, method = '', address = '']) => `${method.toUpperCase()} ${address}`)
  expect(Object.keys(endpoints).sort()).toEqual(routes.sort())

  const ask = (name: string, { body }: Endpoint, headers: Record<string, string>) => {
    const [method = '', address = ''] = name.split(' ')
    return fetch(`${url}${address.replace(':hash', 'a'.repeat(64)).replace(':id', 'a'.repeat(24))}`, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  const commits = vi.fn<() => void>()
  store.onCommit(commits)
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const before = commits.mock.calls.length
    const who = {
      anonymous: { Origin: url },
      elsewhere: { Origin: 'https://example.org', Cookie: cast.owner.cookie },
      member: { Origin: url, Cookie: cast.member.cookie },
      owner: { Origin: url, Cookie: cast.owner.cookie },
    }
    const found: Record<string, number> = {}
    for (const [one, headers] of Object.entries(who)) {
      const response = await ask(name, endpoint, headers)
      found[one] = response.status
      expect(response.headers.get('Access-Control-Allow-Origin'), name).toBeNull()
      await response.arrayBuffer()
    }
    expect({ name, ...found }).toEqual({ name, ...endpoint.expected })
    if (name.startsWith('GET ')) expect(commits.mock.calls.length, name).toBe(before)
    else expect((await fetch(`${url}${name.split(' ')[1]}`, { headers: who.owner })).status, name).toBe(404)
  }
})

async function gather({ store, zed, yan, cast }: World): Promise<Things> {
  const endpoint = 'https://fcm.googleapis.com/zed'
  await zed.ask('push:subscribe', { endpoint, ...keys })
  const createdBy = cast.owner.hello.me.id
  const { invite } = await store.invites.create({ role: 'member', roomIds: [], uses: null, expiresAt: null, createdBy })
  const { devices } = await zed.ask('device:list', {})
  const { reports } = await store.reports.list({ reader: createdBy, open: true, limit: 1 })
  const [session, report] = [devices[0]?.id ?? '', reports[0]?.id ?? '']
  const { room } = await store.rooms.create({ name: 'Commons', topic: '', personId: createdBy })
  await Promise.all(Object.values(cast).map(({ hello }) => store.rooms.add(room.id, hello.me.id)))
  return {
    zed: zed.hello.me.id,
    yan: yan.hello.me.id,
    session,
    endpoint,
    invite: invite.id,
    report,
    commons: room.id,
  }
}
