import { expect, it, vi } from 'vitest'
import { createAuthenticator } from '../testing/authenticator.ts'
import { startServer, type Visitor } from '../testing/startServer.ts'
import { siteOf } from './passkeys.ts'

/** A server whose address has a name, as passkeys need it. */
const start = () => startServer({ HOST: 'localhost' })
type Server = Awaited<ReturnType<typeof start>>

async function addPasskey(server: Server, who: Visitor, proof?: { password: string }) {
  const device = createAuthenticator(server.url)
  const { options } = await who.ask('account:passkeyOptions', { proof })
  const { code } = await who.ask('account:passkey', { made: device.make(options) })
  return { device, code }
}

const optionsFor = async ({ post }: Server) =>
  (await (await post('/api/account/passkey-options', {})).json()) as { challenge: string }

it('claims a name by a passkey, and signs in with it elsewhere without a name', async () => {
  const server = await start()
  const ann = await server.connect('Ann')
  const { options } = await ann.ask('account:passkeyOptions', {})
  expect(options).toMatchObject({
    rp: { id: 'localhost' },
    user: { name: 'Ann' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  })
  const device = createAuthenticator(server.url)
  const made = device.make(options)
  expect((await ann.ask('account:passkey', { made })).code).toMatch(/^(\w{4}-){7}\w{4}$/)
  await expect(ann.ask('account:passkey', { made })).rejects.toThrow('unauthorized')
  expect(await ann.ask('account:get', {})).toMatchObject({ passkeys: [{ id: device.id, usedAt: null }] })

  const asked = await optionsFor(server)
  expect(asked).toMatchObject({ rpId: 'localhost', allowCredentials: [] })
  const used = device.use(asked, { personId: ann.hello.me.id })
  const back = await server.post('/api/account/passkey', { passkey: used })
  expect(await back.json()).toEqual(ann.hello.me)
  const session = back.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  const there = await server.connectAs(session)
  expect((await there.ask('device:list', {})).devices).toMatchObject([{ way: 'passkey' }, { way: 'name' }])
  expect(await there.ask('account:get', {})).toMatchObject({ passkeys: [{ usedAt: expect.any(Number) }] })
  expect((await server.post('/api/account/passkey', { passkey: used })).status).toBe(401)
})

it('lets nobody in by what was made for another page, another question, another person or too often', async () => {
  const server = await start()
  const [ann, bob] = [await server.connect('Ann'), await server.connect('Bob')]
  const { device } = await addPasskey(server, ann)
  const ask = () => optionsFor(server)
  const [proving, other] = [await ann.ask('account:prove', {}), createAuthenticator(server.url)]
  const evil = { from: 'https://evil.example' }
  const good = await ask()
  for (const [what, passkey] of Object.entries({
    'another page': device.use(await ask(), evil),
    'another question': device.use(proving.options),
    'no question': device.use({ challenge: 'x'.repeat(43) }),
    'another person': device.use(await ask(), { personId: bob.hello.me.id }),
    'an unknown key': other.use(await ask()),
    'a forged signature': { ...other.use(good), id: device.id, rawId: device.id },
    'a question that was used': device.use(good),
  })) {
    expect((await server.post('/api/account/passkey', { passkey })).status, what).toBe(401)
  }
  for (const wrong of [null, {}, { id: 'x' }, { ...device.use(await ask()), id: { x: 1 } }]) {
    expect((await server.post('/api/account/passkey', { passkey: wrong })).status).toBe(400)
  }
  const { options } = await bob.ask('account:passkeyOptions', {})
  await expect(bob.ask('account:passkey', { made: other.make(options, evil.from) })).rejects.toThrow('unauthorized')
  const again = await bob.ask('account:passkeyOptions', {})
  await expect(bob.ask('account:passkey', { made: device.make(again.options) })).rejects.toThrow('conflict')
  const theirs = await ann.ask('account:passkeyOptions', { proof: await proofOf(ann, device) })
  await expect(bob.ask('account:passkey', { made: other.make(theirs.options) })).rejects.toThrow('unauthorized')
})

it('takes a fresh passkey for a proof, from the same session alone, once', async () => {
  const server = await start()
  const ann = await server.connect('Ann')
  const { device } = await addPasskey(server, ann)
  const second = await server.connectAs(`natter=${await server.store.sessions.create(ann.hello.me.id)}`)
  second.socket.io.opts.reconnection = false
  await expect(ann.ask('account:password', { password: 'four words at least' })).rejects.toThrow('forbidden')
  const elsewhere = await proofOf(second, device)
  await expect(ann.ask('account:password', { password: 'four words at least', proof: elsewhere })).rejects.toThrow(
    'unauthorized',
  )
  const proof = await proofOf(ann, device)
  expect(await ann.ask('account:password', { password: 'four words at least', proof })).toEqual({ code: null })
  await vi.waitFor(() => expect(second.socket.connected).toBe(false))
  await expect(ann.ask('account:code', { proof })).rejects.toThrow('unauthorized')

  const way = { type: 'passkey' as const, id: device.id }
  await ann.ask('account:remove', { way, proof: { password: 'four words at least' } })
  const late = device.use(await optionsFor(server), { personId: ann.hello.me.id })
  expect((await server.post('/api/account/passkey', { passkey: late })).status).toBe(401)
})

it('says in words where browsers make no passkeys', async () => {
  const server = await startServer()
  const ann = await server.connect('Ann')
  await expect(ann.ask('account:passkeyOptions', {})).rejects.toThrow('forbidden: Passkeys need an address with a name')
  expect((await server.post('/api/account/passkey-options', {})).status).toBe(403)
})

const proofOf = async (who: Visitor, device: ReturnType<typeof createAuthenticator>) => {
  const { options } = await who.ask('account:prove', {})
  return { passkey: device.use(options) }
}

it('knows which site it is of a connection that names none, because it began by polling', () => {
  const host = 'localhost:3000'
  expect(siteOf({ host }, { ORIGIN: [] })).toEqual({ origin: 'http://localhost:3000', host: 'localhost' })
  const ORIGIN = ['https://chat.example.org', 'https://old.example.org']
  expect(siteOf({ host }, { ORIGIN })).toEqual({ origin: ORIGIN[0], host: 'chat.example.org' })
  expect(siteOf({ host, origin: 'https://old.example.org' }, { ORIGIN }).host).toBe('old.example.org')
  expect(() => siteOf({ host: '192.0.2.1:3000' }, { ORIGIN: [] })).toThrow('an address with a name')
  expect(() => siteOf({}, { ORIGIN: [] })).toThrow('an address with a name')
})
