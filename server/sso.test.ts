import { expect, it, onTestFinished } from 'vitest'
import { cookieOf, PASSWORD } from './testing/accounts.ts'
import { startProvider } from '../e2e/support/provider.ts'
import { lobbyOf, startServer } from './testing/startServer.ts'
import { Visit } from './testing/visit.ts'

type Entered = { person: { id: string; name: string; role: string }; code: string | null; added: boolean }

/** `away`: the provider answers nobody before it is told to. */
async function start(environment: Record<string, string> = {}, away = false) {
  const provider = await startProvider()
  onTestFinished(() => void provider.stop())
  const server = await startServer({ ...provider.environment, ...environment })
  if (!away) provider.serve(server.url)

  async function begin(visit: Visit, invite?: string): Promise<string> {
    const begun = await visit.ask(`${server.url}/api/sso`, { invite })
    return visit.through(((await begun.json()) as { url: string }).url)
  }
  const finish = async (visit: Visit, query: string) => visit.ask(`${server.url}/api/sso/finish`, { query })
  const comeIn = async (visit = new Visit(), invite?: string) => {
    const answer = await finish(visit, await begin(visit, invite))
    return {
      status: answer.status,
      ...((await answer.json()) as Entered & { error: { code: string; message: string } }),
    }
  }
  return { ...server, provider, begin, finish, comeIn }
}

it('lets somebody in whom the provider vouches for, under their name there, and knows them again on any device', async () => {
  const { provider, comeIn, url, connectAs } = await start()
  expect(await (await fetch(`${url}/api/place`)).json()).toMatchObject({ signOn: 'Example' })
  provider.become({ subject: 'maya', name: 'Maya Okafor' })
  const laptop = new Visit()
  const first = await comeIn(laptop)
  expect(first).toMatchObject({ status: 201, person: { name: 'Maya Okafor', role: 'member' }, added: false })
  const again = await comeIn()
  expect(again).toMatchObject({ status: 200, person: { id: first.person.id } })
  const there = await connectAs(laptop.cookie(url))
  expect(there.hello.me.id).toBe(first.person.id)
  expect((await there.ask('device:list', {})).devices).toMatchObject([{ way: 'sso' }, { way: 'sso' }])
  expect(await there.ask('account:get', {})).toMatchObject({ signOn: { name: 'Example', linked: true } })
})

it('takes nobody for who has their name here already', async () => {
  const { provider, comeIn, connect } = await start()
  const ann = await connect('Ann')
  provider.become({ subject: 'other', name: 'Ann', nickname: 'Annie' })
  const { person } = await comeIn()
  expect(person.name).toBe('Annie')
  expect(person.id).not.toBe(ann.hello.me.id)
  provider.become({ subject: 'third', name: 'Ann' })
  expect((await comeIn()).person.name).toBe('Ann 2')
  provider.become({ subject: 'joined', name: 'علی\u200cرضا' })
  expect((await comeIn()).person.name).toBe('علیرضا')
  provider.become({ subject: 'long', name: 'Zoë Quartermaine-Featherstonehaugh of Fernhill' })
  expect((await comeIn()).person.name).toBe('Zoë Quartermaine-Featherstonehau')
  provider.become({ subject: 'unseen', name: '\u2800', nickname: 'x'.repeat(3) + '\u0301'.repeat(9) })
  expect((await comeIn()).person.name).toBe('Newcomer')
  provider.become({ subject: 'nameless' })
  expect((await comeIn()).person.name).toBe('Newcomer 2')
})

it('holds only in the browser that began, once, and as the provider said it', async () => {
  const { provider, begin, finish, store } = await start()
  provider.become({ subject: 'maya', name: 'Maya' })
  const [mine, other] = [new Visit(), new Visit()]
  const query = await begin(mine)
  expect((await finish(other, query)).status).toBe(401)
  expect((await finish(mine, query)).status).toBe(401)
  const changed = new URLSearchParams(await begin(mine))
  changed.set('code', 'another')
  expect((await finish(mine, changed.toString())).status).toBe(401)
  for (const wrong of ['', 'state=x&code=y', '%', 'x'.repeat(9_000)])
    expect([400, 401]).toContain((await finish(mine, wrong)).status)
  expect(await store.people.byName('Maya')).toBeNull()
  provider.become(null)
  const refused = await finish(other, await begin(other))
  expect(await refused.json()).toEqual({ error: { code: 'forbidden', message: 'Example did not sign you in.' } })
})

it('asks newcomers for an invitation where one is needed, and nobody who has been here', async () => {
  const server = await start({ JOIN: 'invite' })
  const { provider, comeIn, own } = server
  const olga = await own('Olga')
  provider.become({ subject: 'maya', name: 'Maya' })
  expect(await comeIn()).toMatchObject({ status: 403, error: { code: 'forbidden' } })
  const { room } = await olga.ask('room:create', { name: 'Bench', private: true })
  const { token } = await olga.ask('invite:create', { role: 'guest', roomIds: [room.id], uses: 1 })
  const visit = new Visit()
  const { status, person } = await comeIn(visit, token)
  expect([status, person.role]).toEqual([201, 'guest'])
  const maya = await server.connectAs(visit.cookie(server.url))
  expect(maya.hello.rooms.map((mine) => mine.room.id)).toEqual([room.id])
  expect(await comeIn()).toMatchObject({ status: 200, person: { id: person.id } })
  // It is used up, and that keeps nobody out who is in already.
  expect(await comeIn(new Visit(), token)).toMatchObject({ status: 200 })
})

it('lets whoever runs the server say that its people come in without an invitation', async () => {
  const { provider, comeIn } = await start({ JOIN: 'closed', OIDC_JOIN: 'open' })
  provider.become({ subject: 'maya', name: 'Maya' })
  expect((await comeIn()).status).toBe(201)
})

it('lets nobody back in who was removed or banned', async () => {
  const { provider, comeIn, own } = await start()
  const olga = await own('Olga')
  for (const [subject, request] of [
    ['maya', 'people:remove'],
    ['jun', 'moderation:ban'],
  ] as const) {
    provider.become({ subject, name: subject })
    const { person } = await comeIn()
    await olga.ask(request, { personId: person.id })
    expect(await comeIn()).toMatchObject({ status: 403 })
    provider.become({ subject: `another ${subject}`, name: subject })
    expect((await comeIn()).status).toBe(201)
  }
})

it('adds it to an account for whoever shows that it is them, and takes it away again', async () => {
  const { provider, url, post, connect, connectAs, comeIn, finish } = await start()
  const ann = await connect('Ann')
  await ann.ask('account:password', { password: PASSWORD })
  await expect(ann.ask('account:signOn', {})).rejects.toThrow('forbidden')
  const proof = { password: PASSWORD }
  provider.become({ subject: 'ann', name: 'Ann Elsewhere' })
  const link = await ann.ask('account:signOn', { proof })
  const query = await new Visit().through(link.url)
  // Whoever has caught the address of somebody else makes nothing of it.
  expect((await finish(new Visit(), query)).status).toBe(401)
  const next = await new Visit().through((await ann.ask('account:signOn', { proof })).url)
  const answer = await post('/api/sso/finish', { query: next }, ann.cookie)
  expect(await answer.json()).toMatchObject({ person: { name: 'Ann' }, code: null, added: true })
  expect((await ann.ask('account:get', {})).signOn).toEqual({ name: 'Example', linked: true })
  const visit = new Visit()
  expect((await comeIn(visit)).person.name).toBe('Ann')
  await (await connectAs(visit.cookie(url))).say('from there', lobbyOf(ann.hello))
  await ann.ask('account:remove', { way: { type: 'sso' }, proof })
  expect((await comeIn()).person.name).toBe('Ann Elsewhere')
})

it('adds nothing from a session that has ended, whatever cookie is made of it', async () => {
  const { provider, connect, connectAs, post, store } = await start()
  const ann = await connect('Ann')
  const { token } = await ann.ask('device:link', {})
  const cookie = cookieOf(await post('/api/sign-in', { token }))[0] ?? ''
  const found = await connectAs(cookie)
  const { id } = (await found.ask('device:list', {})).devices.find(({ current }) => current) ?? {}
  provider.become({ subject: 'eve', name: 'Eve' })
  const query = await new Visit().through((await found.ask('account:signOn', {})).url)
  await ann.ask('device:revoke', { id: id ?? '' })
  for (const kept of [`natter_browser=${id}`, cookie, `${cookie}; natter_browser=${id}`])
    expect((await post('/api/sso/finish', { query }, kept)).status).toBe(401)
  expect(await store.identities.find({ issuer: provider.issuer, subject: 'eve' })).toBeNull()
})

it('asks whoever has no other way to have come by it just now, before they change how they sign in', async () => {
  const { provider, comeIn, connectAs, post, url } = await start()
  provider.become({ subject: 'maya', name: 'Maya' })
  const visit = new Visit()
  await comeIn(visit)
  const maya = await connectAs(visit.cookie(url))
  await expect(maya.ask('account:remove', { way: { type: 'sso' } })).rejects.toThrow('only way')
  const { token } = await maya.ask('device:link', {})
  const elsewhere = await connectAs(cookieOf(await post('/api/sign-in', { token }))[0] ?? '')
  await expect(elsewhere.ask('account:password', { password: PASSWORD })).rejects.toThrow('come in by Example again')
  expect((await maya.ask('account:password', { password: PASSWORD })).code).toMatch(/-/)
})

it('says so while the provider is away, and asks again', async () => {
  const { provider, url, post, comeIn } = await start({}, true)
  expect(await (await post('/api/sso', {})).json()).toMatchObject({
    error: { message: expect.stringContaining('Example cannot be reached') },
  })
  provider.serve(url)
  provider.become({ subject: 'maya', name: 'Maya' })
  expect((await comeIn()).status).toBe(201)
})

it('takes no provider that calls itself otherwise than it is configured: people would not be known again by it', async () => {
  const provider = await startProvider()
  onTestFinished(() => void provider.stop())
  const { post, url } = await startServer({ ...provider.environment, OIDC_ISSUER: `${provider.issuer}/` })
  provider.serve(url)
  expect((await post('/api/sso', {})).status).toBe(500)
})

it('is not there where nobody has configured it', async () => {
  const { post, connect } = await startServer()
  expect((await post('/api/sso', {})).status).toBe(404)
  expect((await post('/api/sso/finish', { query: 'state=x' })).status).toBe(404)
  const ann = await connect('Ann')
  await expect(ann.ask('account:signOn', {})).rejects.toThrow('not_found')
  await expect(ann.ask('account:remove', { way: { type: 'sso' } })).rejects.toThrow('not_found')
})
