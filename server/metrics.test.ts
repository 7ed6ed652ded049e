import { expect, it, vi } from 'vitest'
import { bearer, scrape } from './metrics/testing/scraping.ts'
import { hinderWriting } from './testing/hinderWriting.ts'
import { lobbyOf } from './testing/startServer.ts'
import { withFiles } from './uploads/testing/sending.ts'

const token = 'a-token-of-the-test-alone'
const start = (environment: Record<string, string> = {}) => withFiles({ METRICS_TOKEN: token, ...environment })

it('tells whoever has the token how many are here, and what they do', async () => {
  const { url, connect, connectAs, connectTutorial, upload, dir } = await start()
  const before = await scrape(url, token)
  expect(before.response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(before.response.headers.get('cache-control')).toBe('no-store')
  expect([before.of('connections{speaks="natter",transport="websocket"}'), before.of('messages_sent_total')]).toEqual([
    undefined,
    0,
  ])

  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  await connectAs(bob.cookie, {}, 'polling')
  const page = connectTutorial()
  await vi.waitFor(() => expect(page.socket.connected).toBe(true))
  const told = await scrape(url, token)
  for (const body of ['plums', 'pears', 'cherries']) await ann.say(body)
  await ann.ask('search:messages', { query: 'plums', limit: 10 })
  await bob.ask('room:sync', { roomId: lobbyOf(bob.hello), since: 1 })
  await bob.request('message:list', { roomId: 'nowhere', limit: 10 })
  await bob.socket.emitWithAck('made:up"}', {})
  await upload(ann, 'notes.txt', 'x'.repeat(5_000))
  const { of, numbers, text } = await scrape(url, token)

  expect(of('connections{speaks="natter",transport="websocket"}')).toBe(2)
  expect(of('connections{speaks="natter",transport="polling"}')).toBe(1)
  expect(of('connections{speaks="tutorial",transport="websocket"}')).toBe(1)
  expect(of('people_connected')).toBe(3)
  expect(of('messages_sent_total')).toBe(3)
  expect(of('messages')).toBe(3)
  // Ann, and Bob in two tabs.
  expect((of('deliveries_total') ?? 0) - (told.of('deliveries_total') ?? 0)).toBe(9)
  expect(of('packets_written_total')).toBeGreaterThan((told.of('packets_written_total') ?? 0) + 9)
  expect(of('uploaded_bytes_total')).toBe(5_000)
  expect(of('requests_total{request="message:send",outcome="ok"}')).toBe(3)
  expect(of('requests_total{request="room:sync",outcome="ok"}')).toBe(1)
  expect(of('requests_total{request="message:list",outcome="not_found"}')).toBe(1)
  expect(of('requests_total{request="unknown",outcome="unknown_request"}')).toBe(1)
  expect([of('sync_resets_total'), of('search_seconds_count'), of('send_seconds_count')]).toEqual([0, 1, 3])
  expect(of('search_seconds_sum')).toBeGreaterThan(0)
  expect(of('commit_seconds_count')).toBe(of('commit_batch_size_count'))
  expect(of('commit_seconds_sum')).toBeGreaterThan(0)
  expect(of('commit_batch_size_sum')).toBeGreaterThanOrEqual(3)
  expect([of('storage_ok'), of('storage_damaged'), of('files_ok'), of('nodes_ok')]).toEqual([1, 0, 1, 1])
  expect(of('database_bytes')).toBeGreaterThan(0)
  expect(text).toMatch(/^natter_info\{build="\S+",durability=".*synchronous(_commit)?=(FULL|on).*"\} 1$/m)
  for (const name of [
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'process_start_time_seconds',
  ])
    expect(numbers.get(name)).toBeGreaterThan(0)
  expect(of('loop_delay_seconds{share="1"}')).toBeGreaterThanOrEqual(of('loop_delay_seconds{share="0.5"}') ?? 1)
  expect(of('loop_delay_seconds{share="0.5"}')).toBeGreaterThanOrEqual(0)
  // Nothing that people wrote, nobody's name or id, and no place on the machine.
  for (const secret of ['plums', 'Ann', 'made:up', ann.hello.me.id, ann.cookie, lobbyOf(ann.hello), dir, token])
    expect(text).not.toContain(secret)

  bob.close()
  page.socket.disconnect()
  await vi.waitFor(async () => {
    const after = await scrape(url, token)
    expect(after.of('connections{speaks="natter",transport="websocket"}')).toBe(1)
    expect(after.of('connections{speaks="tutorial",transport="websocket"}')).toBeUndefined()
    expect(after.of('people_connected')).toBe(2)
    // What was given to those who have gone is not forgotten.
    expect(after.of('packets_written_total')).toBeGreaterThanOrEqual(of('packets_written_total') ?? 0)
  })
})

it('counts who begins anew, and those who read slowly with what waits for them', async () => {
  const { url, store, connect } = await start({ LIMIT_MESSAGES: '1000000' })
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const roomId = lobbyOf(ann.hello)
  const { ws } = bob.socket.io.engine.transport as unknown as { ws: { pause: () => void; resume: () => void } }
  ws.pause()
  const draft = { roomId, authorId: ann.hello.me.id, body: 'x'.repeat(16_000) }
  // More than any kernel holds for somebody who does not read.
  for (let i = 0; i < 30; i++)
    await Promise.all(Array.from({ length: 50 }, () => store.messages.append({ ...draft, key: crypto.randomUUID() })))
  const slow = await scrape(url, token)
  expect([slow.of('connections_behind'), slow.of('messages_sent_total')]).toEqual([1, 1_500])
  expect(slow.of('unsent_bytes')).toBeGreaterThan(100_000)
  ws.resume()
  await ann.ask('room:sync', { roomId, since: 1 })
  await vi.waitFor(async () => {
    const { of } = await scrape(url, token)
    expect([of('connections_behind'), of('unsent_bytes'), of('sync_resets_total')]).toEqual([0, 0, 1])
  }, 15_000)
}, 40_000)

it('says that nothing can be stored, while it lasts', async () => {
  const { url, connect, config } = await start()
  const ann = await connect('Ann')
  const mend = await hinderWriting(config)
  const key = crypto.randomUUID()
  const refused = await ann.request('message:send', { roomId: lobbyOf(ann.hello), key, body: 'hi' })
  expect(refused).toMatchObject({ error: { code: 'storage_unavailable' } })
  const { of } = await scrape(url, token)
  expect(of('storage_ok')).toBe(0)
  expect(of('requests_total{request="message:send",outcome="storage_unavailable"}')).toBe(1)
  await mend()
  await vi.waitFor(async () => expect((await scrape(url, token)).of('storage_ok')).toBe(1))
})

it('is there for nobody without the token, however they ask, and for nobody at all where none is set', async () => {
  const { url, own } = await start()
  const owner = await own('Olga')
  const wrong: Record<string, string>[] = [
    {},
    { Cookie: owner.cookie, Origin: url },
    bearer(''),
    bearer(`${token}x`),
    bearer(token.slice(0, -1)),
    bearer(token.toUpperCase()),
    { Authorization: token },
    { Authorization: `Basic ${btoa(`:${token}`)}` },
    { Cookie: `natter=${token}` },
  ]
  for (const headers of wrong) {
    const response = await fetch(`${url}/metrics?token=${token}`, { headers })
    expect(response.status, JSON.stringify(headers)).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await response.text()).not.toMatch(/natter_|process_/)
  }
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect((await fetch(`${url}/metrics`, { method, headers: bearer(token) })).status).toBe(404)

  const silent = await withFiles()
  for (const headers of [{}, bearer(''), bearer('undefined'), bearer(token)])
    expect((await fetch(`${silent.url}/metrics`, { headers })).status).toBe(404)
})
