import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import type { OwnEmoji } from '../protocol/emoji.ts'
import { EMOJI_BYTES, EMOJI_SENT_BYTES, EMOJI_SIDE } from '../protocol/limits.ts'
import { startServer, type Visitor } from './testing/startServer.ts'

const square = (background: string, side = 300) =>
  sharp({ create: { width: side, height: side / 2, channels: 4, background } })

/** So many frames of such a side, of these points. */
function moving(frames: number, side: number, pointAt: (i: number) => number) {
  const points = Buffer.alloc(frames * side * side * 3)
  for (let i = 0; i < points.length; i++) points[i] = pointAt(i)
  return sharp(points, { raw: { width: side, height: side * frames, channels: 3, pageHeight: side } })
}

async function withEmoji() {
  const server = await startServer()
  const { url, connect, own } = server
  const [ada, bob] = [await own('Ada'), await connect('Bob')]
  const put = (who: Visitor, name: string, bytes: Buffer | string, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/emoji/${name}`, {
      method: 'PUT',
      headers: { Origin: url, Cookie: who.cookie, ...headers },
      body: Uint8Array.from(Buffer.from(bytes)),
    })
  const look = (who: Pick<Visitor, 'cookie'>, hash: string) =>
    fetch(`${url}/api/pictures/${hash}`, { headers: { Cookie: who.cookie } })
  return { ...server, ada, bob, put, look }
}

const problemOf = async (response: Response) => [response.status, (await response.json()).error.message]

it('draws a picture anew, small and without what was in its file, for those who are in and nobody else', async () => {
  const { ada, bob, put, look } = await withEmoji()
  const photo = await square('red')
    .withExif({ IFD0: { Copyright: 'At 48.2082 N' } })
    .jpeg()
    .toBuffer()
  const answer = await put(ada, 'red-square', photo)
  expect(answer.status).toBe(201)
  const { picture, ...rest } = (await answer.json()) as OwnEmoji
  expect(rest).toEqual({ name: 'red-square' })
  const seen = await look(bob, picture)
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    'content-type': 'image/webp',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  const bytes = Buffer.from(await seen.arrayBuffer())
  expect(bytes.includes('48.2082')).toBe(false)
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: EMOJI_SIDE, height: EMOJI_SIDE / 2 })
  expect((await look({ cookie: 'natter=x' }, picture)).status).toBe(401)
  await ada.ask('emoji:remove', { name: 'red-square' })
  expect((await look(bob, picture)).status).toBe(404)
})

it('keeps what moves, and its first frame for whoever wants nothing to move', async () => {
  const { ada, bob, put, look } = await withEmoji()
  const gif = await moving(6, 4, (i) => (i / 48) * 40)
    .gif({ keepDuplicateFrames: true })
    .toBuffer()
  const { picture, still = '' } = (await (await put(ada, 'party', gif)).json()) as OwnEmoji
  const drawn = async (hash: string) =>
    sharp(Buffer.from(await (await look(bob, hash)).arrayBuffer()), { animated: true }).metadata()
  expect(await drawn(picture)).toMatchObject({ format: 'webp', pages: 6, width: 4, pageHeight: 4 })
  expect(await drawn(still)).toMatchObject({ format: 'webp', width: 4, height: 4 })
  expect((await drawn(still)).pages ?? 1).toBe(1)
})

it('tells everybody at once that there are others, and what they are to whoever asks', async () => {
  const { ada, bob, put, connectAs } = await withEmoji()
  expect(bob.hello.place).not.toHaveProperty('emojiRev')
  const cat = (await (await put(ada, 'cat_1', await square('red').png().toBuffer())).json()) as OwnEmoji
  await vi.waitFor(() => expect(bob.all('place:changed').at(-1)).toMatchObject({ emojiRev: 1 }))
  expect(await bob.ask('emoji:list', {})).toEqual({ rev: 1, emoji: [cat] })
  expect(await ada.ask('emoji:remove', { name: 'cat_1' })).toEqual({ rev: 2, emoji: [] })
  await vi.waitFor(() => expect(bob.all('place:changed').at(-1)).toMatchObject({ emojiRev: 2 }))
  expect((await connectAs(bob.cookie)).hello.place).toMatchObject({ emojiRev: 2 })
})

it('takes them only from who looks after the place, from its own pages', async () => {
  const { url, ada, bob, put } = await withEmoji()
  const bytes = await square('red').png().toBuffer()
  expect((await put(bob, 'cat_1', bytes)).status).toBe(403)
  expect((await put(ada, 'cat_1', bytes, { Origin: 'https://evil.example' })).status).toBe(403)
  expect((await put({ ...ada, cookie: 'natter=x' }, 'cat_1', bytes)).status).toBe(401)
  expect((await bob.request('emoji:remove', { name: 'cat_1' })).ok).toBe(false)
  await ada.ask('people:role', { personId: bob.hello.me.id, role: 'admin' })
  expect((await put(bob, 'cat_1', bytes)).status).toBe(201)
  expect((await fetch(`${url}/api/emoji/cat_1`, { headers: { Cookie: bob.cookie } })).status).toBe(404)
})

it('takes no name that is taken, that everybody knows another one by, or that could not be written', async () => {
  const { ada, put } = await withEmoji()
  const bytes = await square('red').png().toBuffer()
  expect((await put(ada, 'cat_1', bytes)).status).toBe(201)
  expect(await problemOf(await put(ada, 'cat_1', bytes))).toEqual([409, 'There is an emoji called :cat_1: here.'])
  expect(await problemOf(await put(ada, 'birthday_cake', bytes))).toEqual([
    409,
    ':birthday_cake: is an emoji that everybody has already. Choose another name.',
  ])
  for (const name of ['c', 'Cat', 'a%20b', 'a:b', '%3Cimg%3E', 'x'.repeat(33), '..%2fa', '__proto__%00'])
    expect((await put(ada, name, bytes)).status, name).toBe(400)
  expect((await ada.ask('emoji:list', {})).emoji.map(({ name }) => name)).toEqual(['cat_1'])
})

it('takes only what is a picture by its bytes, and none that is too large', async () => {
  const { ada, put } = await withEmoji()
  const script = '<script>alert(1)</script>'
  const png = await square('red').png().toBuffer()
  const bad: Record<string, Buffer | string> = {
    nothing: '',
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${script}</svg>`,
    page: `<!doctype html>${script}`,
    avif: await square('red', 16).avif().toBuffer(),
    half: png.subarray(0, png.length / 2),
    begins_so: Buffer.concat([png.subarray(0, 8), Buffer.from(script)]),
    too_large: Buffer.concat([png, Buffer.alloc(EMOJI_SENT_BYTES)]),
  }
  for (const [name, bytes] of Object.entries(bad))
    expect((await put(ada, name, bytes, { 'Content-Type': 'image/png' })).status, name).toBe(400)
  expect(await problemOf(await put(ada, 'svg', bad['svg'] ?? ''))).toEqual([
    400,
    'The picture of an emoji is a PNG, JPEG, GIF or WebP file.',
  ])
  expect((await ada.ask('emoji:list', {})).emoji).toEqual([])
})

it('takes none that moves for so long that it cannot be made small enough', async () => {
  const { ada, put } = await withEmoji()
  // Of nothing that could be made smaller.
  const noise = await moving(50, 128, () => Math.random() * 256)
    .webp({ effort: 0 })
    .toBuffer()
  expect(await problemOf(await put(ada, 'moves', noise))).toEqual([
    400,
    `This picture moves for so long that it has more than ${EMOJI_BYTES / 1000} kB.`,
  ])
})

it('asks whoever sends very many to wait', async () => {
  const { ada, put } = await withEmoji()
  const answers = await Promise.all(Array.from({ length: 61 }, () => put(ada, 'x', '')))
  expect(answers.map(({ status }) => status)).toContain(429)
})
