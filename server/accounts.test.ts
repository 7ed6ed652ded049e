import { expect, it, vi } from 'vitest'
import { cookieOf, OTHER, PASSWORD, signIn } from './testing/accounts.ts'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('gives a name back to whoever knows its password, with its history, in a session of its own', async () => {
  const server = await startServer()
  const ann = await server.connect('Ann')
  const said = await ann.say('before')
  const claimed = await ann.ask('account:password', { password: PASSWORD })
  expect(claimed.code).toMatch(/^(\w{4}-){7}\w{4}$/)
  expect(await ann.ask('account:get', {})).toEqual({
    hasPassword: true,
    hasCode: true,
    passkeys: [],
    signOn: null,
  })
  expect(ann.socket.connected).toBe(true)

  const back = await signIn(server, 'aNN', PASSWORD, ann.cookie)
  expect(await back.json()).toEqual(ann.hello.me)
  const [session = '', browser = ''] = cookieOf(back)
  expect(session).toMatch(/^natter=[\w-]{43}$/)
  expect(session).not.toBe(ann.cookie)
  expect(browser).toMatch(/^natter_browser=[\w-]{32}$/)
  for (const cookie of back.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
  const there = await server.connectAs(session)
  expect((await there.ask('message:list', { roomId: lobbyOf(there.hello) })).messages).toEqual([said])
  const { devices } = await there.ask('device:list', {})
  expect(devices.map(({ way, current }) => [way, current])).toEqual([
    ['password', true],
    ['name', false],
  ])
  // What knows the browser again is nobody’s session.
  await expect(server.connectAs(browser)).rejects.toThrow('unauthorized')
  await expect(server.connectAs(`natter=${browser.split('=')[1]}`)).rejects.toThrow('unauthorized')
})

it('refuses a wrong password, a name without one and a name that nobody has alike, after the same work', async () => {
  const server = await startServer()
  const ann = await server.connect('Ann')
  await server.connect('Bob')
  await ann.ask('account:password', { password: PASSWORD })
  const answers = new Map<string, { status: number; body: string; work: number[] }>()
  for (let round = 0; round < 3; round++) {
    for (const name of ['Ann', 'Bob', 'Nobody at all', 'Ma\u200bya']) {
      // Not by the clock: what else this machine does meanwhile is no work of ours.
      const before = process.cpuUsage()
      const answer = await signIn(server, name, OTHER)
      const [{ user }, body] = [process.cpuUsage(before), await answer.text()]
      const known = answers.get(name)
      if (known) expect([answer.status, body]).toEqual([known.status, known.body])
      answers.set(name, { status: answer.status, body, work: [...(known?.work ?? []), user] })
    }
  }
  expect(new Set([...answers.values()].map(({ status, body }) => `${status} ${body}`))).toEqual(
    new Set([
      `401 ${JSON.stringify({ error: { code: 'unauthorized', message: 'This name and this password do not belong together.' } })}`,
    ]),
  )
  // Without the same work it would be a hundredth.
  const least = [...answers.values()].map(({ work }) => Math.min(...work))
  expect(Math.max(...least) / Math.min(...least)).toBeLessThan(3)
})

it('takes no password that is short, that everybody tries first, or that is the name', async () => {
  const server = await startServer()
  const ann = await server.connect('Ann Ashworth')
  for (const password of [
    'nine char',
    'Password123!',
    'qwertyuiop',
    '1234567890',
    'aaaaaaaaaaaa',
    'annashworth',
    'Ann Ashworth 1',
  ]) {
    expect(await ann.request('account:password', { password }), password).toMatchObject({ error: { code: 'invalid' } })
  }
  for (const password of ['', 'x'.repeat(257), null, 7, ['x'], { length: 12 }]) {
    const wrong = { password } as { password: string }
    expect(await ann.request('account:password', wrong)).toMatchObject({ error: { code: 'invalid' } })
  }
  expect(await ann.ask('account:get', {})).toMatchObject({ hasPassword: false, hasCode: false })
})

it('ends every other session when the password is set or changed, on open connections at once', async () => {
  const server = await startServer()
  const ann = await server.connect('Ann')
  const other = await server.connectAs(`natter=${await server.store.sessions.create(ann.hello.me.id)}`)
  const { token: link } = await ann.ask('device:link', {})
  other.socket.io.opts.reconnection = false
  await ann.ask('account:password', { password: PASSWORD })
  await vi.waitFor(() => expect(other.socket.connected).toBe(false))
  await ann.say('not for them')
  expect(JSON.stringify(other.heard)).not.toContain('not for them')
  await expect(server.connectAs(other.cookie)).rejects.toThrow('unauthorized')
  expect(await (await fetch(`${server.url}/api/place`, { headers: { Cookie: other.cookie } })).json()).toMatchObject({
    me: null,
  })
  expect((await server.post('/api/sign-in', { token: link })).status).toBe(404)

  const [session = ''] = cookieOf(await signIn(server, 'Ann'))
  const back = await server.connectAs(session)
  back.socket.io.opts.reconnection = false
  await ann.ask('account:password', { password: OTHER, proof: { password: PASSWORD } })
  await vi.waitFor(() => expect(back.socket.connected).toBe(false))
  expect(ann.socket.connected).toBe(true)
  expect((await signIn(server, 'Ann')).status).toBe(401)
  expect((await signIn(server, 'Ann', OTHER)).status).toBe(200)
})

it('asks whoever has a password for it before anything of that is changed, and is slow to be asked again', async () => {
  const server = await startServer({ HOST: 'localhost' })
  const ann = await server.connect('Ann')
  await ann.ask('account:password', { password: PASSWORD })
  const before = await server.store.accounts.get(ann.hello.me.id)
  const requests = [
    ['account:password', { password: OTHER }],
    ['account:passkeyOptions', {}],
    ['account:remove', { way: { type: 'password' } }],
    ['account:code', {}],
  ] as const
  for (const [name, input] of requests) {
    await expect(ann.ask(name, { ...input, proof: undefined } as never)).rejects.toThrow('forbidden: Show first')
    await expect(ann.ask(name, { ...input, proof: { password: OTHER } } as never)).rejects.toThrow(
      'forbidden: That is not',
    )
  }
  expect(await server.store.accounts.get(ann.hello.me.id)).toEqual(before)
  await expect(ann.ask('account:remove', { way: { type: 'password' }, proof: { password: PASSWORD } })).rejects.toThrow(
    'forbidden: This is your only way',
  )
  const tries = Array.from({ length: 20 }, () => ann.request('account:code', { proof: { password: OTHER } }))
  const codes = (await Promise.all(tries)).map((answer) => !answer.ok && answer.error.code)
  expect(codes.filter((code) => code === 'forbidden').length).toBeLessThan(10)
  expect(codes).toContain('rate_limited')
})

it('slows down strangers who try a name, whatever address they say they have, and lets its owner in meanwhile', async () => {
  const server = await startServer({ LIMIT_REQUESTS: '100000' })
  const ann = await server.connect('Ann')
  await ann.ask('account:password', { password: PASSWORD })
  const [, browser = ''] = cookieOf(await signIn(server, 'Ann'))
  // Strangers from elsewhere: nothing of theirs is known, though they come through the same machine.
  server.store.accounts.marked = (
    (marked) => (id: string, marks: readonly string[]) =>
      marked(
        id,
        marks.filter((mark) => !mark.startsWith('address ')),
      )
  )(server.store.accounts.marked)
  const attack = Array.from({ length: 400 }, (_, i) =>
    fetch(`${server.url}/api/account/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: server.url, 'X-Forwarded-For': `192.0.2.${i % 250}` },
      body: JSON.stringify({ name: i % 2 ? 'Ann' : 'Nobody', password: `wrong password ${i}` }),
    }),
  )
  await Promise.any(attack)
  expect((await signIn(server, 'Ann', PASSWORD, browser)).status).toBe(200)
  const statuses = Map.groupBy(await Promise.all(attack), ({ status }) => status)
  expect(new Set(statuses.keys())).toEqual(new Set([401, 429]))
  expect(statuses.get(401)?.length).toBeLessThan(30)
  expect(Number(statuses.get(429)?.[0]?.headers.get('Retry-After'))).toBeGreaterThan(0)
  const burst = await Promise.all(
    Array.from({ length: 20 }, () => signIn(server, 'Ann', OTHER, 'natter_browser=guessed')),
  )
  expect(burst.filter(({ status }) => status === 429).length).toBeGreaterThan(15)
  expect((await signIn(server, 'Ann', PASSWORD, browser)).status).toBe(200)
})

it('lets nobody in who was removed, and no page of another site ask', async () => {
  const server = await startServer()
  const [ann, bob] = [await server.own('Ann'), await server.connect('Bob')]
  const { code } = await bob.ask('account:password', { password: PASSWORD })
  const { token } = await ann.ask('account:link', { personId: bob.hello.me.id })
  for (const path of ['sign-in', 'passkey-options', 'passkey', 'whose', 'reset']) {
    const headers = { 'Content-Type': 'application/json', Origin: 'https://evil.example' }
    const foreign = await fetch(`${server.url}/api/account/${path}`, { method: 'POST', headers, body: '{}' })
    expect(foreign.status, path).toBe(403)
    const form = { 'Content-Type': 'text/plain', Origin: server.url }
    const plain = await fetch(`${server.url}/api/account/${path}`, { method: 'POST', headers: form, body: '{}' })
    expect(plain.status, path).toBe(400)
  }
  await ann.ask('people:remove', { personId: bob.hello.me.id })
  expect((await signIn(server, 'Bob')).status).toBe(401)
  for (const key of [{ code }, { link: token }])
    expect((await server.post('/api/account/reset', { key, password: OTHER })).status).toBe(404)
  await expect(ann.ask('account:link', { personId: bob.hello.me.id })).rejects.toThrow('not_found')
})
