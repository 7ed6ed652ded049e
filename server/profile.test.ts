import { expect, it, vi } from 'vitest'
import { png, jpegWith } from './pictures/testing/files.ts'
import { startServer } from './testing/startServer.ts'

const refused = { ok: false, error: expect.objectContaining({ code: 'invalid' }) }

it('tells everybody what somebody says of themselves, and those who come later', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const said = await bob.ask('profile:change', {
    about: 'he/him',
    status: { emoji: '🌴', text: 'On holiday' },
    zone: 'Asia/Tokyo',
  })
  const status = { emoji: '🌴', text: 'On holiday' }
  expect(said).toMatchObject({ about: 'he/him', status, zone: 'Asia/Tokyo' })
  await vi.waitFor(() => expect(ann.all('people:changed').at(-1)?.people).toEqual([said]))
  const cleo = await connect('Cleo')
  expect(cleo.hello.people).toContainEqual(said)
  expect(await bob.ask('people:rename', { name: 'Rob' })).toMatchObject({ status, zone: 'Asia/Tokyo' })
})

it('refuses what is too long, what is no emoji, and time zones that there are not', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  for (const wrong of [
    { about: 'x'.repeat(61) },
    { about: 'a\0b' },
    { status: { text: 'x'.repeat(81) } },
    { status: { emoji: 'x' } },
    { status: { emoji: '🌴🌴' } },
    { status: { text: 'x', milliseconds: 0 } },
    { status: { text: 'x', milliseconds: 1e15 } },
    { zone: 'Mars/Olympus' },
    { zone: '+02:00' },
    { zone: '' },
  ]) {
    expect(await ann.request('profile:change', wrong), JSON.stringify(wrong)).toEqual(refused)
  }
  expect(await ann.ask('profile:change', { status: { emoji: '👩🏽‍🚀' } })).toMatchObject({
    status: { emoji: '👩🏽‍🚀', text: '' },
  })
})

it('ends a status when its time has come, also when no server ran at that moment', async () => {
  const { connect, connectAs, restart } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const bobs = (visitor: typeof ann) =>
    visitor.all('people:changed').flatMap(({ people }) => people.filter(({ name }) => name === 'Bob'))
  await ann.ask('presence:busy', { milliseconds: 3_600_000 })
  await ann.ask('profile:change', { status: { text: 'Tea', milliseconds: 1_300 } })
  await bob.ask('profile:change', { status: { text: 'Lunch', milliseconds: 1_000 } })
  await vi.waitFor(() => expect(bobs(ann).at(-1)).toMatchObject({ status: { text: 'Lunch' } }))
  await vi.waitFor(() => expect(bobs(ann).at(-1)).not.toHaveProperty('status'))
  const newestOf = async (one: typeof ann) => (await ann.ask('people:get', { ids: [one.hello.me.id] }))[0]
  await vi.waitFor(async () => expect(await newestOf(ann)).not.toHaveProperty('status'))

  const until = (await bob.ask('profile:change', { status: { text: 'Lunch', milliseconds: 1_000 } })).status?.until ?? 0
  await restart()
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(until))
  await vi.waitFor(async () => expect((await connectAs(bob.cookie)).hello.me).not.toHaveProperty('status'))
})

it('shows a picture to those who are in, and to nobody else', async () => {
  const { url, connect, put } = await withPictures()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const taken = await put(ann.cookie, jpegWith([[0xe1, 'Exif\0\0 48.2082 N']]))
  expect(taken.status).toBe(200)
  const { picture } = (await taken.json()) as { picture: string }
  await vi.waitFor(() => expect(bob.all('people:changed').at(-1)?.people).toMatchObject([{ name: 'Ann', picture }]))

  const look = (cookie: string, hash = picture) => fetch(`${url}/api/pictures/${hash}`, { headers: { Cookie: cookie } })
  const seen = await look(bob.cookie)
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(Buffer.from(await seen.arrayBuffer()).includes('48.2082')).toBe(false)
  for (const hash of [picture, 'nothing']) {
    const outside = await look('natter=x', hash)
    expect([outside.status, await outside.json()]).toEqual([
      401,
      { error: expect.objectContaining({ code: 'unauthorized' }) },
    ])
  }
  for (const hash of ['nothing', '..%2f..%2fnatter.db', "'%20OR%201=1", 'x'.repeat(5_000)])
    expect((await look(bob.cookie, hash)).status, hash).toBe(404)

  const removed = await fetch(`${url}/api/me/picture`, {
    method: 'DELETE',
    headers: { Cookie: ann.cookie, Origin: url },
  })
  expect(await removed.json()).not.toHaveProperty('picture')
  expect((await look(bob.cookie)).status).toBe(404)
})

it('takes a picture only from its own pages, from somebody who is in, and of bytes that are one', async () => {
  const { url, connect, put } = await withPictures()
  const ann = await connect('Ann')
  expect((await put(ann.cookie, png(), { Origin: 'https://evil.example' })).status).toBe(403)
  expect((await put(ann.cookie, png(), { Origin: '' })).status).toBe(403)
  expect((await put('natter=x', png())).status).toBe(401)
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
  expect((await put(ann.cookie, svg, { 'Content-Type': 'image/png' })).status).toBe(400)
  expect((await put(ann.cookie, png(50_000, 50_000))).status).toBe(400)
  expect((await put(ann.cookie, Buffer.alloc(200_000))).status).toBe(400)
  expect((await put(ann.cookie, Buffer.alloc(0))).status).toBe(400)
  const status = await Promise.all(Array.from({ length: 20 }, async () => (await put(ann.cookie, png())).status))
  expect(status).toContain(429)
  expect((await fetch(`${url}/api/me/picture`, { headers: { Cookie: ann.cookie } })).status).toBe(404)
})

it('shows at the door of an open place who is here by name, and nothing that they say of themselves', async () => {
  const { url, connect, post, own } = await withPictures()
  const ada = await own('Ada')
  await ada.ask('profile:change', { about: 'Editor', status: { emoji: '🌴', text: 'On holiday' }, zone: 'Asia/Tokyo' })
  const { token } = await ada.ask('invite:create', {})
  const outside = [await fetch(`${url}/api/place`), await post('/api/invite', { token })]
  for (const response of outside) {
    const text = await response.text()
    expect(text).toContain('Ada')
    expect(text).not.toMatch(/Editor|holiday|Tokyo/)
  }
  const bob = await connect('Bob')
  const inside = await fetch(`${url}/api/place`, { headers: { Cookie: bob.cookie } })
  expect(await inside.text()).toContain('holiday')
})

async function withPictures() {
  const server = await startServer()
  const { url } = server
  const put = (cookie: string, bytes: Buffer, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/me/picture`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/octet-stream', Origin: url, Cookie: cookie, ...headers },
      body: Uint8Array.from(bytes),
    })
  return { ...server, url, put }
}
