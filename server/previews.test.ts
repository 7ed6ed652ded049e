import type { RequestListener } from 'node:http'
import { expect, it, vi } from 'vitest'
import { createFetching } from './previews/fetching.ts'
import { html, names, site } from './previews/testing/site.ts'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

/** A server whose whole internet is one site, by this name and others that lead there; and its owner, in the lobby with Bob. */
async function setting(answer: RequestListener, environment: Record<string, string> = {}) {
  const { port, asked } = await site(answer)
  // By its own port, as it would be reached at that of its scheme.
  const guarded = createFetching({
    lookUp: names({ 'cakes.example': [['127.0.0.1']], 'inside.example': [['192.168.1.1']] }),
    isReachable: (address) => address === '127.0.0.1',
    ports: [port],
  })
  const fetchPage: typeof guarded = (address, ended) => {
    const url = new URL(address)
    url.port = port
    return guarded(url.href, ended)
  }
  const server = await startServer(environment, { fetchPage })
  const ada = await server.own('Ada')
  const bob = await server.connect('Bob')
  const roomId = lobbyOf(ada.hello)
  const allow = (on = true) => ada.ask('preview:allow', { roomId, on })
  return { ...server, ada, bob, roomId, allow, asked }
}

/** The newest of this message that somebody has heard. */
const heardOf = ({ all }: Visitor, seq: number) =>
  all('events')
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.type === 'message:changed' && change.message.seq === seq ? change.message : []))
    .at(-1)?.preview

const cake = html('<title>A cake &amp; tea</title>')
const known = (path = '') => ({ url: `http://cakes.example/${path}`, site: 'cakes.example', title: 'A cake & tea' })

it('answers at once, asks the page afterwards, and tells everybody what it said', async () => {
  const { ada, bob, allow, asked } = await setting(cake)
  await allow()
  const sent = await ada.say('Look: http://cakes.example/1')
  expect(sent.preview).toEqual({ url: 'http://cakes.example/1', site: 'cakes.example' })
  for (const one of [ada, bob]) await vi.waitFor(() => expect(heardOf(one, sent.seq)).toEqual(known('1')))
  expect((await bob.say('Yes: http://cakes.example/1')).preview).toEqual(known('1'))
  expect(asked).toEqual(['cakes.example/1'])
})

it('asks nobody in a room that does not allow it, nor anywhere where that is turned off, nor for a link that is hidden', async () => {
  const { ada, allow, asked, roomId } = await setting(cake)
  expect(await ada.say('http://cakes.example/')).not.toHaveProperty('preview')
  await allow()
  for (const text of ['<http://cakes.example/>', '||http://cakes.example/||', '`http://cakes.example/`'])
    expect(await ada.say(text)).not.toHaveProperty('preview')
  await allow(false)
  expect(await ada.say('http://cakes.example/')).not.toHaveProperty('preview')
  expect(asked).toEqual([])

  const off = await setting(cake, { LINK_PREVIEWS: 'off' })
  expect(await off.ada.request('preview:allow', { roomId: off.roomId, on: true })).toMatchObject({
    error: { code: 'forbidden', message: expect.stringContaining('LINK_PREVIEWS') },
  })
  await off.store.rooms.setPreviews({ roomId: off.roomId, on: true })
  expect(await off.ada.say('http://cakes.example/')).not.toHaveProperty('preview')
  expect(off.asked).toEqual([])
  expect(roomId).not.toBe(off.roomId)
})

it('leaves the host alone of what leads inside, answers with something else, or is led elsewhere', async () => {
  const { ada, allow, asked, store, roomId } = await setting((request, response) => {
    if (request.url === '/inside') return void response.writeHead(302, { Location: 'http://inside.example/' }).end()
    response.writeHead(request.url === '/gone' ? 404 : 200, { 'Content-Type': 'image/png' }).end('<title>x</title>')
  })
  await allow()
  for (const address of ['http://inside.example/', 'http://cakes.example/inside', 'http://cakes.example/gone']) {
    const { seq, preview } = await ada.say(address)
    expect(preview).toEqual({ url: address, site: new URL(address).hostname })
    await vi.waitFor(async () => expect(await store.previews.wanted(roomId, seq)).toBeNull())
    expect((await store.messages.get(roomId, seq))?.preview).toEqual(preview)
  }
  expect(asked).toEqual(['cakes.example/inside', 'cakes.example/gone'])
})

it('does not wait for a page that does not answer, and asks a few at once', async () => {
  const waiting: (() => void)[] = []
  const { ada, allow, asked } = await setting((request, response) => {
    waiting.push(() => cake(request, response))
  })
  await allow()
  const sent = await Promise.all([1, 2, 3, 4, 5, 6, 6].map((i) => ada.say(`http://cakes.example/${i}`)))
  await vi.waitFor(() => expect(asked).toHaveLength(4))
  expect(await ada.say('No link.')).not.toHaveProperty('preview')
  expect(asked).toHaveLength(4)
  while (sent.some(({ seq }) => heardOf(ada, seq)?.title === undefined)) {
    for (const answer of waiting.splice(0)) answer()
    await new Promise(setImmediate)
  }
  expect(asked.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map((i) => `cakes.example/${i}`))
})

it('asks for no more than a share of what one person links to', async () => {
  const { ada, bob, allow, asked, store, roomId } = await setting(cake)
  await allow()
  for (let i = 0; i < 31; i++) {
    const { seq } = await ada.say(`http://cakes.example/${i}`)
    if (i < 30) await vi.waitFor(async () => expect(await store.previews.wanted(roomId, seq)).toBeNull())
  }
  const { seq } = await bob.say('http://cakes.example/bob')
  await vi.waitFor(() => expect(heardOf(bob, seq)).toEqual(known('bob')))
  expect(asked).toHaveLength(31)
  expect(asked).not.toContain('cakes.example/30')
})

it('follows a link that is edited in, and goes for good when its author or a moderator takes it away', async () => {
  const { ada, bob, allow, roomId, asked } = await setting(cake)
  await allow()
  const { seq } = await bob.say('Look.')
  const edit = (body: string) => bob.ask('message:edit', { roomId, seq, body })
  await edit('Look: http://cakes.example/1')
  await vi.waitFor(() => expect(heardOf(bob, seq)).toEqual(known('1')))
  expect((await edit('Do look: http://cakes.example/1')).preview).toEqual(known('1'))
  expect(await bob.ask('preview:remove', { roomId, seq })).not.toHaveProperty('preview')
  expect(await edit('http://cakes.example/1 and http://cakes.example/2')).not.toHaveProperty('preview')
  expect(asked).toEqual(['cakes.example/1'])

  const other = await bob.say('http://cakes.example/1')
  await ada.ask('preview:remove', { roomId, seq: other.seq })
  await vi.waitFor(() => expect(heardOf(bob, other.seq)).toBeUndefined())
  const hers = await ada.say('http://cakes.example/1')
  expect(await bob.request('preview:remove', { roomId, seq: hers.seq })).toMatchObject({ error: { code: 'forbidden' } })
})

it('asks after a start for the page that was being asked at the end before', async () => {
  let isSlow = true
  const server = await setting((request, response) => (isSlow ? undefined : cake(request, response)))
  await server.allow()
  const { seq } = await server.ada.say('http://cakes.example/1')
  await vi.waitFor(() => expect(server.asked).toHaveLength(1))
  isSlow = false
  await server.restart()
  const ada = await server.connectAs(server.ada.cookie)
  const now = async () => (await ada.ask('message:list', { roomId: server.roomId })).messages.find((m) => m.seq === seq)
  await vi.waitFor(async () => expect(await now()).toMatchObject({ preview: known('1') }))
})

it('is stopped while a page is asked, and says nothing of it', async () => {
  const { ada, allow, asked, stop } = await setting(() => {})
  await allow()
  await ada.say('http://cakes.example/')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  await stop()
})
