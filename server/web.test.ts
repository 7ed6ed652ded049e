import { request } from 'node:http'
import { io } from 'socket.io-client'
import { expect, it } from 'vitest'
import { PROTOCOL_VERSION } from '../protocol/limits.ts'
import { neighbourhoodOf } from './socket/address.ts'
import { startServer } from './testing/startServer.ts'

const status = (url: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

it('says that it is alive, ready, and how durable', async () => {
  const { url } = await startServer()
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ alive: true })
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
    ready: true,
    durability: expect.stringMatching(/synchronous(_commit)?=(FULL|on)/),
  })
})

it('refuses every Engine.IO request of another site, with a session of ours too', async () => {
  const { url, connect } = await startServer()
  const ann = await connect('Ann')
  const polling = `${url}/socket.io/?EIO=4&transport=polling`
  const host = new URL(url).host
  expect(await status(polling, { Origin: url })).toBe(200)
  expect(await status(polling, {})).toBe(200)
  const foreign = [
    'https://evil.example',
    'null',
    `http://${host}.evil.example`,
    `http://evil.${host}`,
    'http://127.0.0.1:1',
  ]
  for (const Origin of foreign) expect(await status(polling, { Origin, Cookie: ann.cookie }), Origin).toBe(400)
  for (const Host of ['evil.example', `evil.example:${new URL(url).port}`, '127.0.0.1.evil.example', '']) {
    expect(await status(polling, { Host, Origin: `http://${Host}` }), Host).toBe(400)
  }
  for (const Host of ['localhost:80', '[::1]:80', 'natter.localhost']) {
    expect(await status(polling, { Host, Origin: `http://${Host}` }), Host).toBe(200)
  }
  // As a browser asks where there is no https; but nothing that changes something, and no WebSocket.
  expect(await status(polling, { Cookie: ann.cookie })).toBe(200)
  expect((await fetch(polling, { method: 'POST', headers: { Cookie: ann.cookie }, body: '40' })).status).toBe(400)
  const upgrade = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'eA==',
  }
  expect(await status(polling.replace('polling', 'websocket'), { ...upgrade, Cookie: ann.cookie })).toBe(400)
  expect(await status(polling, { Cookie: ann.cookie, 'Sec-Fetch-Site': 'cross-site' })).toBe(400)
  expect(await status(`${polling}&sid=${ann.socket.io.engine.id}`, { Origin: 'https://evil.example' })).toBe(400)

  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { Origin: 'https://evil.example', Cookie: ann.cookie },
  })
  await new Promise((resolve) => socket.once('connect_error', resolve))
  expect(socket.connected).toBe(false)
})

it('knows a person by a cookie that scripts cannot read, and keeps only its hash', async () => {
  const { url, comeIn } = await startServer()
  const response = await fetch(`${url}/api/people`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Ann' }),
  })
  expect(response.status).toBe(201)
  expect(response.headers.get('set-cookie')).toMatch(/^natter=[\w-]{43}; .*HttpOnly; SameSite=Strict/)
  await expect(comeIn('аnn')).rejects.toThrow('name_taken')
  for (const name of ['', '   ', 'a\u202eb', 'a\u200bb', 'x'.repeat(100), { toString: 1 }, null, ['x']]) {
    await expect(comeIn(name as string)).rejects.toThrow('invalid')
  }
})

it('takes a name only as JSON, and only from its own pages', async () => {
  const { url } = await startServer()
  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${url}/api/people`, { method: 'POST', headers, body }).then((response) => response.status)
  expect(await post({ 'Content-Type': 'text/plain' }, '{"name":"Ann"}')).toBe(400)
  expect(await post({ 'Content-Type': 'application/json', Origin: 'https://evil.example' }, '{"name":"Ann"}')).toBe(403)
  expect(await post({ 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' }, '{"name":"Ann"}')).toBe(403)
  expect(await post({ 'Content-Type': 'application/json' }, '{"name":')).toBe(400)
})

it('runs nothing but its own files', async () => {
  const { url } = await startServer()
  const policy = (await fetch(`${url}/healthz`)).headers.get('content-security-policy')
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe')
  for (const secret of ['/.git/config', '/..%2fpackage.json', '/%2e%2e/package.json', '/natter.db']) {
    expect((await fetch(`${url}${secret}`)).status, secret).toBe(404)
  }
})

it('serves the Socket.IO client where the tutorial looks for it', async () => {
  const { url } = await startServer()
  const response = await fetch(`${url}/socket.io/socket.io.js`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('javascript')
})

it('limits newcomers by where they come from, and believes only its own proxies about that', async () => {
  const enter = async (url: string, name: string, from: string) =>
    fetch(`${url}/api/people`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from },
      body: JSON.stringify({ name }),
    })
  const alone = await startServer({ LIMIT_JOINS: '1' })
  expect((await enter(alone.url, 'Ann', '192.0.2.1')).status).toBe(201)
  const refused = await enter(alone.url, 'Bob', '192.0.2.2')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)

  const behind = await startServer({ JOIN: 'open', LIMIT_JOINS: '1', TRUST_PROXY: 'true' })
  expect((await enter(behind.url, 'Ann', '192.0.2.1')).status).toBe(201)
  expect((await enter(behind.url, 'Bob', '192.0.2.2')).status).toBe(201)
  expect((await enter(behind.url, 'Cleo', 'spoofed, 192.0.2.2')).status).toBe(429)
  const from = { extraHeaders: { 'X-Forwarded-For': '192.0.2.3' } }
  const page = behind.connectTutorial({}, from)
  await new Promise<void>((resolve) => page.socket.once('connect', resolve))
  const second = behind.connectTutorial({}, from)
  const error = await new Promise<Error>((resolve) => second.socket.once('connect_error', resolve))
  expect(error.message).toContain('That was a lot at once')
})

it('takes one connection for one, however often a packet asks for it', async () => {
  const { url, connect, comeIn } = await startServer()
  const ann = await connect('Ann')
  const headers = { Cookie: await comeIn('Eve'), Origin: url }
  const polling = `${url}/socket.io/?EIO=4&transport=polling`
  const { sid } = JSON.parse((await (await fetch(polling, { headers })).text()).slice(1)) as { sid: string }
  const body = Array.from({ length: 1_000 }, () => '40{"natter":1}').join('\x1e')
  await fetch(`${polling}&sid=${sid}`, { method: 'POST', headers, body })
  let answer = ''
  while (!answer.includes('"hello"')) answer += await (await fetch(`${polling}&sid=${sid}`, { headers })).text()
  expect(answer.match(/"hello"/g)).toHaveLength(1)
  await ann.say('still here')
})

it('counts an IPv6 network as one neighbour', () => {
  expect(neighbourhoodOf('2001:db8:1:2:3:4:5:6')).toBe(neighbourhoodOf('2001:db8:1:2::1'))
  expect(neighbourhoodOf('2001:db8:1:3::1')).not.toBe(neighbourhoodOf('2001:db8:1:2::1'))
  expect(neighbourhoodOf('::1')).toBe('0:0:0:0')
  expect(neighbourhoodOf('::ffff:192.0.2.1')).toBe('::ffff:192.0.2.1')
  expect(neighbourhoodOf('192.0.2.1')).toBe('192.0.2.1')
})

it('tells a client that is too old, and speaks with one of the number before', async () => {
  const { url, comeIn } = await startServer()
  const cookie = await comeIn('Ann')
  const heard = (natter: unknown) =>
    new Promise<string>((resolve) => {
      const socket = io(url, {
        auth: { natter },
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        extraHeaders: { Origin: url, Cookie: cookie },
      })
      socket.once('connect_error', ({ message }) => resolve(message))
      socket.once('hello', () => resolve('hello'))
      socket.once('hello', () => socket.disconnect())
    })
  expect(await heard(PROTOCOL_VERSION)).toBe('hello')
  expect(await heard(PROTOCOL_VERSION - 1)).toBe('hello')
  expect(await heard(PROTOCOL_VERSION - 2)).toBe('too_old')
})
