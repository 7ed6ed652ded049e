import { readdir } from 'node:fs/promises'
import { createConnection } from 'node:net'
import path from 'node:path'
import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import type { Upload } from '../../protocol/files.ts'
import { png } from '../pictures/testing/files.ts'
import { lobbyOf } from '../testing/startServer.ts'
import { withFiles } from './testing/sending.ts'

function box(type: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(content.length + 8)
  return Buffer.concat([size, Buffer.from(type, 'latin1'), content])
}

/** One point in so many frames, each of another colour. */
function gifOf(frames: number): Promise<Buffer> {
  const colours = Buffer.from(Array.from({ length: frames * 3 }, (_, i) => (i * 37) % 256))
  return sharp(colours, { raw: { width: 1, height: frames, channels: 3, pageHeight: 1 } })
    .gif({ keepDuplicateFrames: true })
    .toBuffer()
}

it('shows nothing that a browser could run, whatever it is called', async () => {
  const { connect, upload, send, load } = await withFiles()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const script = '<script>alert(1)</script>'
  const hostile: Record<string, string> = {
    'a.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${script}</svg>`,
    'b.png': `<!doctype html>${script}`,
    'e.html': script,
    'f.pdf': `%PDF-1.7 ${script}`,
    'g.xml': `<?xml version="1.0"?><x xmlns="http://www.w3.org/1999/xhtml">${script}</x>`,
  }
  const files = await Promise.all(
    Object.entries(hostile).map(([name, bytes]) => upload(ann, name, Buffer.from(bytes, 'latin1'))),
  )
  await send(ann, files)
  for (const { id, name, width } of files) {
    expect(width, name).toBeUndefined()
    const { headers } = await load(bob, id)
    expect(Object.fromEntries(headers), name).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment/),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
  }
})

it('keeps of a picture the picture alone, without what was hidden in it or behind it', async () => {
  const { connect, upload, load } = await withFiles()
  const ann = await connect('Ann')
  const make = () => sharp({ create: { width: 5, height: 4, channels: 3, background: 'red' } })
  const hidden = Buffer.from('<script>alert(1)</script>')
  for (const format of ['png', 'jpeg', 'gif', 'webp', 'avif'] as const) {
    const picture = Buffer.concat([
      await make()
        .withExif({ IFD0: { Copyright: String(hidden) } })
        .toFormat(format)
        .toBuffer(),
      hidden,
    ])
    const file = await upload(ann, `x.${format}`, picture)
    expect(file, format).toMatchObject({ width: 5, height: 4, name: format === 'avif' ? 'x.webp' : `x.${format}` })
    const bytes = Buffer.from(await (await load(ann, file.id)).arrayBuffer())
    expect(bytes.includes('alert'), format).toBe(false)
  }
}, 60_000)

it('refuses a picture that it cannot draw anew, in words, keeps nothing of it, and lives', async () => {
  const { connect, upload, begin, patch, ask, dir } = await withFiles()
  const ann = await connect('Ann')
  const latin = (text: string) => Buffer.from(text, 'latin1')
  const refused: Record<string, Buffer> = {
    'both.gif': latin('GIF89a/*<script>alert(1)</script>*/=1;'),
    'no.jpg': latin('\xff\xd8\xff<script>alert(1)</script>'),
    'huge.png': png(50_000, 50_000),
    'half.png': png(700, 700),
    'long.gif': await gifOf(10_000),
    'phone.heic': latin('\0\0\0\x18ftypheic\0\0\0\0mif1heicGPS 48.2'),
    'scan.tif': latin('II*\0GPS 48.2'),
  }
  for (const [name, bytes] of Object.entries(refused)) {
    const { id } = (await (await begin(ann, name, bytes.length)).json()) as Upload
    const response = await patch(ann, id, 0, new Uint8Array(bytes))
    expect([response.status, await response.json()], name).toEqual([
      400,
      { error: { code: 'invalid', message: expect.stringMatching(/^Natter can’t draw this picture/) } },
    ])
    expect((await ask(ann, 'GET', `/api/uploads/${id}`)).status, name).toBe(404)
  }
  expect(await readdir(path.join(dir, 'files'), { recursive: true })).toEqual(['unfinished'])
  expect(await upload(ann, 'short.gif', await gifOf(3))).toMatchObject({ type: 'image/gif', width: 1, moves: true })
  expect((await ann.say('still here')).seq).toBe(1)
}, 60_000)

it('takes out of a recording what is said of it, such as where it was made, and leaves the rest in its place', async () => {
  const { connect, upload, load } = await withFiles()
  const ann = await connect('Ann')
  const said = Buffer.concat([
    box('udta', box('\xa9xyz', Buffer.from('+48.2+16.4/'))),
    box('meta', Buffer.from('ISO6709')),
  ])
  const heard = box('mdat', Buffer.from('heard'))
  const film = (about: Buffer) =>
    Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', Buffer.concat([box('trak', about), about])), heard])
  const sent = film(said)
  const file = await upload(ann, 'film.mp4', sent)
  expect(file).toMatchObject({ type: 'video/mp4', size: sent.length })
  const bytes = Buffer.from(await (await load(ann, file.id)).arrayBuffer())
  const free = (size: number) => box('free', Buffer.alloc(size))
  expect(bytes).toEqual(film(Buffer.concat([free(19), free(7)])))
  // What says that it is larger than the file stays as it is.
  const odd = Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    Buffer.from('moov'),
  ])
  expect((await upload(ann, 'odd.mp4', odd)).size).toBe(odd.length)
})

it('takes few files of one person at once, none without anything in it, and goes on with others', async () => {
  const { connect, begin, patch, ask, upload } = await withFiles()
  const [eve, ann] = [await connect('Eve'), await connect('Ann')]
  const nothing = await begin(ann, 'empty.txt', 0)
  expect([nothing.status, await nothing.json()]).toEqual([
    400,
    { error: { code: 'invalid', message: 'This file is empty.' } },
  ])
  const ids = await Promise.all(
    Array.from({ length: 9 }, async () => ((await (await begin(eve, 'x', 10)).json()) as Upload).id),
  )
  const last = ids.pop() ?? ''
  const stop = new AbortController()
  const open = ids.map((id) => {
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('x')) })
    const slow = { body, duplex: 'half', headers: { 'Upload-Offset': '0' }, signal: stop.signal }
    return ask(eve, 'PATCH', `/api/uploads/${id}`, slow as RequestInit)
  })
  const offsets = () =>
    Promise.all(ids.map(async (id) => ((await (await ask(eve, 'GET', `/api/uploads/${id}`)).json()) as Upload).offset))
  await vi.waitFor(async () => expect(await offsets()).toEqual(ids.map(() => 1)))
  expect((await patch(eve, last, 0, '0123456789')).status).toBe(429)
  expect(await upload(ann, 'y', 'words')).toMatchObject({ name: 'y' })
  stop.abort()
  await Promise.allSettled(open)
  await vi.waitFor(async () => expect((await patch(eve, last, 0, '0123456789')).status).toBe(200))
})

it('takes no more bytes than were announced, and from where it is only', async () => {
  const { connect, begin, patch, ask } = await withFiles({ LIMIT_FILE_MB: '1' })
  const [ann, eve] = [await connect('Ann'), await connect('Eve')]
  const large = await begin(ann, 'x', 39_500_000)
  expect([large.status, await large.json()]).toEqual([
    400,
    { error: { code: 'invalid', message: '40 MB; the limit here is 1.' } },
  ])
  for (const wrong of [-1, 0.5, 1e300, Number.NaN]) expect((await begin(ann, 'x', wrong)).status).toBe(400)
  const { id } = (await (await begin(ann, 'x', 10)).json()) as Upload
  for (const wrong of ['-1', 'x', '1e9999', '']) expect((await patch(ann, id, wrong, 'y')).status, wrong).not.toBe(200)
  for (const ahead of [1, 10, 9_999]) expect((await patch(ann, id, ahead, 'y')).status).toBe(409)
  const tooMuch = await patch(ann, id, 0, 'x'.repeat(2_000_000))
  expect([tooMuch.status, await tooMuch.json()]).toEqual([
    400,
    { error: { code: 'invalid', message: 'More came than this file was said to have.' } },
  ])
  // Nor from who does not say how much it will be.
  const unsaid = { body: new Blob(['x'.repeat(200_000)]).stream(), duplex: 'half', headers: { 'Upload-Offset': '0' } }
  expect((await ask(ann, 'PATCH', `/api/uploads/${id}`, unsaid as RequestInit)).status).toBe(400)
  expect(await (await ask(ann, 'GET', `/api/uploads/${id}`)).json()).toMatchObject({ offset: 0 })
  expect((await patch(ann, id, 0, 'first')).status).toBe(200)
  expect((await patch(ann, id, 0, 'first')).status).toBe(409)
  for (const [method, address] of [
    ['GET', `/api/uploads/${id}`],
    ['DELETE', `/api/uploads/${id}`],
    ['GET', `/api/files/${id}`],
  ] as const)
    expect((await ask(eve, method, address)).status).toBe(404)
  expect((await patch(eve, id, 5, 'other')).status).toBe(404)
  // Two at once: what is there in the end is one of them, whole.
  await Promise.allSettled([patch(ann, id, 5, 'again'), patch(ann, id, 5, 'again')])
  await vi.waitFor(async () =>
    expect(await (await ask(ann, 'GET', `/api/uploads/${id}`)).json()).toMatchObject({ offset: 10 }),
  )
})

it('goes by no path that anybody gives it', async () => {
  const { connect, begin, patch, ask, upload, dir } = await withFiles()
  const ann = await connect('Ann')
  for (const name of ['../../natter.db', '..\\..\\x', '/etc/passwd', 'a/../../b', '.', '..', 'C:\\x', 'a%2f..%2fb']) {
    const file = await upload(ann, name, 'words')
    expect(file).toMatchObject({ name, size: 5 })
  }
  expect((await begin(ann, 'a\0b', 1)).status).toBe(400)
  for (const id of ['..%2fnatter.db', '%2e%2e%2fnatter.db', '..%5cnatter.db', 'unfinished', '%00', 'x'.repeat(5_000)]) {
    for (const address of [`/api/files/${id}`, `/api/files/${id}/small`, `/api/uploads/${id}`])
      expect([404, 400], address).toContain((await ask(ann, 'GET', address)).status)
    expect([404, 400]).toContain((await patch(ann, id, 0, 'x')).status)
  }
  expect((await readdir(dir)).filter((name) => !name.startsWith('natter.')).toSorted()).toEqual(['files'])
})

it('lets nobody begin without end', async () => {
  const { connect, begin } = await withFiles({ LIMIT_REQUESTS: '100000' })
  const ann = await connect('Ann')
  const found: Record<number, number> = {}
  for (let i = 0; i < 100; i++) {
    const { status } = await begin(ann, 'x', 1)
    found[status] = (found[status] ?? 0) + 1
  }
  expect(found).toEqual({ 201: 30, 403: 30, 429: 40 })
}, 60_000)

it('answers one range, and whatever else is asked for as if it were all', async () => {
  const { connect, upload, load } = await withFiles()
  const ann = await connect('Ann')
  const { id } = await upload(ann, 'x.mp3', 'ID3456789')
  const part = async (range: string) => {
    const response = await load(ann, id, { Range: range })
    return [response.status, response.headers.get('content-range'), await response.text()]
  }
  expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/9', '345'])
  expect(await part('bytes=-2')).toEqual([206, 'bytes 7-8/9', '89'])
  expect(await part('bytes=5-')).toEqual([206, 'bytes 5-8/9', '6789'])
  expect(await part('bytes=9-')).toEqual([416, 'bytes */9', ''])
  const all = [200, null, 'ID3456789']
  for (const odd of ['bytes=0-1,3-4', `bytes=${'0-0,'.repeat(1_000)}5-5`, 'lines=1-2', 'bytes=x'])
    expect(await part(odd), odd.slice(0, 20)).toEqual(all)
  expect(await part('bytes=0-99999999999999')).toEqual([206, 'bytes 0-8/9', 'ID3456789'])
})

it('keeps what came before a connection was cut, and lets the next one go on at once', async () => {
  const { url, connect, begin, patch, ask } = await withFiles()
  const ann = await connect('Ann')
  const { id } = (await (await begin(ann, 'x', 10, lobbyOf(ann.hello))).json()) as Upload
  const { port, hostname, host } = new URL(url)
  const hanging = createConnection(Number(port), hostname)
  hanging.write(
    `PATCH /api/uploads/${id} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nCookie: ${ann.cookie}\r\nUpload-Offset: 0\r\nContent-Length: 10\r\n\r\nfirst`,
  )
  await expect.poll(async () => ((await (await ask(ann, 'GET', `/api/uploads/${id}`)).json()) as Upload).offset).toBe(5)
  // It hangs still, and nobody knows whether its sender is there.
  expect(await (await patch(ann, id, 5, 'again')).json()).toMatchObject({ offset: 10, file: { size: 10 } })
  hanging.destroy()
})
