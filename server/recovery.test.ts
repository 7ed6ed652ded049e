import { expect, it, vi } from 'vitest'
import { cookieOf, OTHER, PASSWORD, signIn } from './testing/accounts.ts'
import { startServer } from './testing/startServer.ts'

it('gives a name back to whoever has its recovery code, once, and shows the next one', async () => {
  const server = await startServer()
  const ann = await server.connect('Ann')
  const { code } = await ann.ask('account:password', { password: PASSWORD })
  const key = { code: (code ?? '').toLowerCase().replaceAll('-', '') }
  expect(await (await server.post('/api/account/whose', { key })).json()).toEqual(ann.hello.me)
  const short = await server.post('/api/account/reset', { key, password: 'too short' })
  expect(short.status).toBe(400)
  ann.socket.io.opts.reconnection = false
  const reset = await server.post('/api/account/reset', { key, password: OTHER })
  const answer = (await reset.json()) as { person: unknown; code: string }
  expect(answer).toEqual({ person: ann.hello.me, code: expect.stringMatching(/^(\w{4}-){7}\w{4}$/) })
  await vi.waitFor(() => expect(ann.socket.connected).toBe(false))
  const back = await server.connectAs(cookieOf(reset)[0] ?? '')
  expect((await back.ask('device:list', {})).devices).toMatchObject([{ way: 'code', current: true }])
  expect((await server.post('/api/account/reset', { key, password: OTHER })).status).toBe(404)
  expect((await signIn(server, 'Ann')).status).toBe(401)
  expect((await signIn(server, 'Ann', OTHER)).status).toBe(200)
  const next = await back.ask('account:code', { proof: { password: OTHER } })
  expect((await server.post('/api/account/whose', { key: { code: answer.code } })).status).toBe(404)
  expect((await server.post('/api/account/whose', { key: next })).status).toBe(200)
  for (const wrong of [
    { code: '' },
    { code: 7 },
    { link: 'x' },
    {},
    null,
    { code: 'x'.repeat(101) },
    { link: ['x'] },
  ]) {
    expect([400, 404]).toContain((await server.post('/api/account/whose', { key: wrong })).status)
  }
})

it('lets those who look after the place make a link for those below them, and tells the person whose it was', async () => {
  const server = await startServer()
  const [ann, bob, cleo] = [await server.own('Ann'), await server.connect('Bob'), await server.connect('Cleo')]
  const [owner, admin, member] = [ann, bob, cleo].map(({ hello }) => hello.me.id) as [string, string, string]
  await ann.ask('people:role', { personId: admin, role: 'admin' })
  for (const [who, personId, code] of [
    [cleo, admin, 'forbidden'],
    [cleo, member, 'forbidden'],
    [bob, owner, 'forbidden'],
    [ann, owner, 'forbidden'],
    [bob, admin, 'forbidden'],
    [bob, 'nobody', 'not_found'],
  ] as const) {
    await expect(who.ask('account:link', { personId })).rejects.toThrow(code)
  }
  const first = await bob.ask('account:link', { personId: member })
  const { token, expiresAt } = await bob.ask('account:link', { personId: member })
  expect(expiresAt - Date.now()).toBeGreaterThan(23 * 60 * 60_000)
  expect(await (await server.post('/api/account/whose', { key: { link: token } })).json()).toEqual(cleo.hello.me)
  expect(cleo.socket.connected).toBe(true)
  expect((await server.post('/api/account/reset', { key: { link: first.token }, password: PASSWORD })).status).toBe(404)
  const reset = await server.post('/api/account/reset', { key: { link: token }, password: PASSWORD })
  const back = await server.connectAs(cookieOf(reset)[0] ?? '')
  expect(back.hello.me.id).toBe(member)
  const listed = await back.ask('device:list', {})
  expect(listed.devices).toMatchObject([{ way: 'link', madeBy: admin }])
  expect(listed.people).toMatchObject([{ id: admin, name: 'Bob' }])
  expect((await server.post('/api/account/reset', { key: { link: token }, password: OTHER })).status).toBe(404)
})
