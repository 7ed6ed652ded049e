import { readdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Upload } from '../../protocol/files.ts'
import { lobbyOf } from '../testing/startServer.ts'
import { startS3 } from './testing/s3Server.ts'
import { withFiles } from './testing/sending.ts'

async function withS3(environment: Record<string, string> = {}) {
  const s3 = await startS3()
  const server = await withFiles({ ...s3.environment, ...environment })
  const names = () => [...s3.objects.keys()].map((key) => key.replace(`natter/${server.store.placeId}/`, '')).toSorted()
  const ready = async () => (await fetch(`${server.url}/readyz`)).json() as Promise<Record<string, unknown>>
  return { ...server, server, s3, names, ready }
}

const unreachable = {
  error: {
    code: 'storage_unavailable',
    message: 'Files cannot be reached just now. Messages still work.',
    retryAfter: expect.any(Number),
  },
}

const picture = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#e4572e' } })
    .jpeg()
    .toBuffer()

/** What waits for a while does not wait here; only `eventually` lets time go by. */
function inNoTime() {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'performance'],
    shouldAdvanceTime: true,
    advanceTimeDelta: 5,
  })
  onTestFinished(() => void vi.useRealTimers())
  /** Whatever comes to pass if time goes by. */
  const eventually = (check: () => void | Promise<void>) =>
    vi.waitFor(
      async () => {
        await vi.advanceTimersByTimeAsync(2_000)
        await check()
      },
      { timeout: 20_000 },
    )
  return { eventually }
}

it('keeps files in a bucket, under the id of the place, and nothing of them in the data folder once they are whole', async () => {
  const { connect, upload, send, load, ask, dir, s3, names, store } = await withS3()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const [photo, paper] = [await upload(ann, 'a.jpg', await picture()), await upload(ann, 'plan.txt', 'The plan')]
  await send(ann, [photo, paper])
  expect(names()).toEqual([photo.id, `${photo.id}.small`, paper.id].toSorted())
  expect([...s3.objects.keys()].every((key) => key.startsWith(`natter/${store.placeId}/`))).toBe(true)
  expect(await readdir(path.join(dir, 'files'), { recursive: true })).toEqual(['unfinished'])
  const seen = await load(bob, photo.id)
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-length': String(photo.size),
  })
  expect((await sharp(Buffer.from(await seen.arrayBuffer())).metadata()).width).toBe(60)
  expect((await ask(bob, 'GET', `/api/files/${photo.id}/small`)).headers.get('content-type')).toBe('image/webp')
  const part = await load(bob, paper.id, { Range: 'bytes=4-7' })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 4-7/8', 'plan'])
  expect((await load(bob, paper.id, { Range: 'bytes=8-' })).status).toBe(416)
  const before = s3.asked.length
  expect((await load(bob, photo.id, { 'If-None-Match': seen.headers.get('etag') ?? '' })).status).toBe(304)
  expect((await load(await connect('Eve'), 'a'.repeat(24))).status).toBe(404)
  expect((await ask(bob, 'HEAD', `/api/files/${paper.id}`)).headers.get('content-length')).toBe('8')
  expect(s3.asked.length).toBe(before)
})

it('says that there is no file where the bucket has lost it', async () => {
  const { connect, upload, load, ask, s3 } = await withS3()
  const ann = await connect('Ann')
  const photo = await upload(ann, 'a.jpg', await picture())
  s3.objects.clear()
  for (const response of [await load(ann, photo.id), await ask(ann, 'GET', `/api/files/${photo.id}/small`)]) {
    expect([response.status, response.headers.get('content-disposition')]).toEqual([404, null])
    expect(await response.json()).toEqual({ error: { code: 'not_found', message: 'There is no such file.' } })
  }
})

it('refuses files while the store cannot be reached, keeps what has come, and goes on by itself', async () => {
  const { connect, upload, begin, patch, load, send, ready, s3, names } = await withS3()
  const ann = await connect('Ann')
  const before = await upload(ann, 'before.txt', 'before')
  const { id } = (await (await begin(ann, 'coming.txt', 10)).json()) as Upload
  await patch(ann, id, 0, 'first')
  const { eventually } = inNoTime()
  await s3.down()
  for (const response of [await load(ann, before.id), await patch(ann, id, 5, 'again')]) {
    expect([response.status, response.headers.get('retry-after'), response.headers.get('content-length')]).toEqual([
      503,
      '10',
      expect.any(String),
    ])
    expect(await response.json()).toEqual(unreachable)
  }
  await vi.waitFor(async () => expect(await ready()).toMatchObject({ ready: true, files: expect.any(String) }))
  expect(await (await begin(ann, 'new.txt', 10)).json()).toEqual(unreachable)
  expect((await ann.say('still here')).seq).toBe(1)
  await s3.up()
  await eventually(async () => expect(await ready()).not.toHaveProperty('files'))
  const whole = (await (await patch(ann, id, 10, '')).json()) as Upload
  expect(whole.file).toMatchObject({ id, name: 'coming.txt', size: 10 })
  await send(ann, [{ id }])
  expect(await (await load(ann, id)).text()).toBe('firstagain')
  expect(names()).toEqual([before.id, id].toSorted())
})

it('draws a picture again of which the store took only the small one', async () => {
  const { connect, begin, patch, s3, names } = await withS3()
  const ann = await connect('Ann')
  const photo = await picture()
  const { id } = (await (await begin(ann, 'a.jpg', photo.length)).json()) as Upload
  s3.goWrong((request, response) => {
    if (request.method !== 'PUT' || !request.url?.endsWith(id)) return false
    response.writeHead(507).end('<Error><Code>InsufficientStorage</Code></Error>')
    return true
  })
  const refused = await patch(ann, id, 0, new Uint8Array(photo))
  expect([refused.status, await refused.json(), names()]).toEqual([503, unreachable, [`${id}.small`]])
  s3.goWrong()
  const whole = (await (await patch(ann, id, photo.length, '')).json()) as Upload
  expect(whole.file).toMatchObject({ id, width: 60, height: 40 })
  expect(names()).toEqual([id, `${id}.small`])
})

it('ends a download where the store breaks off, so that nobody takes it for whole, and lives', async () => {
  const { connect, upload, load, s3 } = await withS3()
  const ann = await connect('Ann')
  const { id, size } = await upload(ann, 'long.txt', 'x'.repeat(500_000))
  s3.goWrong((request, response) => {
    if (request.method !== 'GET' || !request.url?.endsWith(id)) return false
    response.writeHead(200, { 'Content-Length': size }).write('x'.repeat(100_000), () => response.destroy())
    return true
  })
  const cut = await load(ann, id)
  expect([cut.status, cut.headers.get('content-length')]).toEqual([200, String(size)])
  await expect(cut.arrayBuffer()).rejects.toThrow()
  s3.goWrong()
  expect((await (await load(ann, id)).text()).length).toBe(size)
  // Whoever goes away in the middle leaves no connection to the store behind.
  await (await load(ann, id)).body?.cancel()
  expect((await ann.say('still here')).seq).toBe(1)
})

it('gives up a store that answers nothing, and refuses everything else at once', async () => {
  const { connect, upload, load, ready, s3 } = await withS3()
  const ann = await connect('Ann')
  const { id } = await upload(ann, 'a.txt', 'words')
  const { eventually } = inNoTime()
  s3.goWrong(() => true)
  const waiting = load(ann, id)
  await eventually(async () =>
    expect(await ready()).toMatchObject({ ready: true, files: 'Files cannot be reached just now.' }),
  )
  expect(await (await waiting).json()).toEqual(unreachable)
  const refused = await load(ann, id)
  expect([refused.status, await refused.json()]).toEqual([503, unreachable])
  s3.goWrong()
  await eventually(async () => expect(await ready()).not.toHaveProperty('files'))
  expect(await (await load(ann, id)).text()).toBe('words')
})

it('removes later what cannot be removed at once, and answers as if it were gone', async () => {
  const { connect, own, upload, send, begin, ask, load, s3, names, ready } = await withS3()
  const olga = await own('Olga')
  const ann = await connect('Ann')
  const sent = await upload(ann, 'a.txt', 'words')
  const { seq } = await send(ann, [sent])
  const { id } = (await (await begin(ann, 'b.txt', 10)).json()) as Upload
  const { eventually } = inNoTime()
  s3.goWrong((request, response) => {
    if (request.method !== 'DELETE') return false
    response.writeHead(500).end()
    return true
  })
  for (const one of [ann, olga]) await one.ask('message:delete', { roomId: lobbyOf(ann.hello), seq })
  expect((await ask(ann, 'DELETE', `/api/uploads/${id}`)).status).toBe(200)
  expect((await load(ann, sent.id)).status).toBe(404)
  await eventually(async () => expect(await ready()).toHaveProperty('files'))
  expect(names()).toContain(sent.id)
  s3.goWrong()
  await eventually(async () => expect(names()).toEqual([]))
})

it('removes at its start what it does not know of, and nothing that is not its own', async () => {
  const { connect, upload, restart, s3, names, store } = await withS3()
  const kept = await upload(await connect('Ann'), 'a.txt', 'words')
  const mine = `natter/${store.placeId}/`
  const foreign = ['backup', 'natter/other', 'natter/another/x', `${mine}deeper/x`]
  for (const key of [...foreign, `${mine}stray`, `${mine}stray.small`]) s3.objects.set(key, Buffer.from('x'))
  s3.halves.set('left', { key: `${mine}stray`, parts: new Map() })
  await restart()
  await vi.waitFor(() =>
    expect(names().toSorted()).toEqual([...foreign, kept.id].map((key) => key.replace(mine, '')).toSorted()),
  )
  expect(s3.halves.size).toBe(0)
})

it('ends in time while the store answers nothing', async () => {
  const { connect, begin, patch, stop, s3 } = await withS3()
  const ann = await connect('Ann')
  const { id } = (await (await begin(ann, 'a.txt', 5)).json()) as Upload
  let hung = 0
  s3.goWrong(() => ++hung > 0)
  const waiting = patch(ann, id, 0, 'words').catch(() => 'cut off')
  await vi.waitFor(() => expect(hung).toBeGreaterThan(0))
  await stop()
  await waiting
})
