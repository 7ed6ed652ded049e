import { randomUUID } from 'node:crypto'
import { readdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import type { Upload } from '../protocol/files.ts'
import { lobbyOf } from './testing/startServer.ts'
import { withFiles } from './uploads/testing/sending.ts'

const photo = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#e4572e' } })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'Ann' }, IFD3: { GPSLatitude: '48/1 12/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

it('sends a picture to everybody in the room, with its size and a glimpse of it, the right way up and without where it was taken', async () => {
  const { connect, upload, send, load, ask } = await withFiles()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const file = await upload(ann, 'Garden.jpg', await photo())
  expect(file).toMatchObject({
    name: 'Garden.jpg',
    type: 'image/jpeg',
    width: 40,
    height: 60,
    blur: expect.any(String),
  })
  const message = await send(ann, [{ ...file, alt: 'Red' }])
  expect(message).toMatchObject({ body: '', files: [{ ...file, alt: 'Red' }] })
  await vi.waitFor(() => expect(bob.all('events').at(-1)?.changes).toEqual([{ type: 'message:changed', message }]))
  const seen = await load(bob, file.id)
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'inline; filename=Garden.jpg',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  })
  const { exif, orientation, width, height } = await sharp(await bytesOf(seen)).metadata()
  expect({ exif, orientation, width, height }).toEqual({
    exif: undefined,
    orientation: undefined,
    width: 40,
    height: 60,
  })
  const small = await ask(bob, 'GET', `/api/files/${file.id}/small`)
  expect(await sharp(await bytesOf(small)).metadata()).toMatchObject({ format: 'webp', width: 40, height: 60 })
  expect((await sharp(Buffer.from(file.blur ?? '', 'base64')).metadata()).height).toBe(16)
  expect((await load(bob, file.id, { 'If-None-Match': seen.headers.get('etag') ?? '' })).status).toBe(304)
})

it('sends any other file for downloading, under the name that it has', async () => {
  const { connect, upload, send, load } = await withFiles()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const name = '../../etc/päss\u202ewd\r\nSet-Cookie: a=b "x".pdf'
  const file = await upload(ann, name, '%PDF-1.7 words')
  expect(file).toEqual({
    id: file.id,
    name: '../../etc/pässwd Set-Cookie: a=b "x".pdf',
    type: 'application/pdf',
    size: 14,
  })
  await send(ann, [file], 'The plan')
  const seen = await load(bob, file.id)
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(
      /^attachment; filename="[^"\\/]*(?:\\"x\\")?\.pdf"; filename\*=UTF-8''/,
    ),
    'content-length': '14',
  })
  expect(String(await bytesOf(seen))).toBe('%PDF-1.7 words')
})

it('lets nobody have a file who may not read its message, nor anybody but who uploads it before', async () => {
  const { connect, upload, load, ask } = await withFiles()
  const [ann, bob, eve] = [await connect('Ann'), await connect('Bob'), await connect('Eve')]
  const { room } = await ann.ask('room:create', { name: 'Secret', private: true })
  const file = await upload(ann, 'plan.txt', 'words', room.id)
  const none = { status: 404, said: await (await load(eve, 'a'.repeat(24))).json() }
  const isNone = async (who: typeof ann, path = `/api/files/${file.id}`) => {
    const response = await ask(who, 'GET', path)
    expect({ status: response.status, said: await response.json() }).toEqual(none)
  }
  await ann.ask('room:add', { roomId: room.id, personId: bob.hello.me.id })
  for (const path of [`/api/files/${file.id}`, `/api/uploads/${file.id}`]) await isNone(bob, path)
  expect((await load(ann, file.id)).status).toBe(200)
  const sent = { roomId: room.id, key: randomUUID(), body: '', files: [{ id: file.id }] }
  expect(await bob.request('message:send', { ...sent, key: randomUUID() })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
  const { seq } = await ann.ask('message:send', sent)
  expect((await load(bob, file.id)).status).toBe(200)
  await isNone(eve)
  expect((await fetch(`${(await load(bob, file.id)).url}`)).status).toBe(401)
  await bob.ask('room:leave', { roomId: room.id })
  await isNone(bob)
  await ann.ask('message:delete', { roomId: room.id, seq })
  await isNone(ann)
})

it('gives what was forwarded to who may read it there, also when it is gone where it was first, and no longer', async () => {
  const { connect, own, upload, ask, load, dir } = await withFiles()
  const [ann, bob, eve] = [await own('Ann'), await connect('Bob'), await connect('Eve')]
  const [attic, shed] = await Promise.all(
    ['Attic', 'Shed'].map(async (name) => (await ann.ask('room:create', { name, private: true })).room.id),
  )
  await ann.ask('room:add', { roomId: String(shed), personId: bob.hello.me.id })
  const picture = await upload(ann, 'a.jpg', await photo(), attic)
  const sent = { roomId: String(attic), key: randomUUID(), body: '', files: [{ id: picture.id }] }
  const from = { roomId: String(attic), seq: (await ann.ask('message:send', sent)).seq }
  const forward = { key: randomUUID(), roomId: String(shed), body: '', forward: from }
  expect(await bob.request('message:send', { ...forward, key: randomUUID() })).toMatchObject({
    error: { code: 'not_found' },
  })
  const copy = await ann.ask('message:send', forward)
  const { id = '' } = copy.files?.[0] ?? {}
  const statuses = (path: string) =>
    Promise.all([ann, bob, eve].map(async (who) => (await ask(who, 'GET', path)).status))
  expect(await statuses(`/api/files/${picture.id}`)).toEqual([200, 404, 404])
  await ann.ask('room:delete', { roomId: from.roomId })
  expect(await statuses(`/api/files/${picture.id}`)).toEqual([404, 404, 404])
  for (const path of [`/api/files/${id}`, `/api/files/${id}/small`])
    expect(await statuses(path)).toEqual([200, 200, 404])
  expect((await bytesOf(await load(bob, id))).length).toBe(picture.size)
  await ann.ask('message:delete', { roomId: copy.roomId, seq: copy.seq })
  expect(await statuses(`/api/files/${id}`)).toEqual([404, 404, 404])
  await ann.ask('room:delete', { roomId: copy.roomId })
  await vi.waitFor(async () => expect(await readdir(path.join(dir, 'files'))).not.toContain(picture.id))
})

it('gives each file to one message, and answers the same key again as the first time', async () => {
  const { connect, upload, begin } = await withFiles()
  const ann = await connect('Ann')
  const roomId = lobbyOf(ann.hello)
  const [one, two] = [await upload(ann, '1', '1'), await upload(ann, '2', '2')]
  const half = (await (await begin(ann, 'half', 10)).json()) as Upload
  const sent = { roomId, key: randomUUID(), body: 'both', files: [{ id: one.id }, { id: two.id, alt: 'A two' }] }
  const message = await ann.ask('message:send', sent)
  expect(await ann.ask('message:send', sent)).toEqual(message)
  const codeOf = async (files: { id: string; alt?: string }[], key: string = randomUUID()) => {
    const answer = await ann.request('message:send', { roomId, key, body: 'both', files })
    return answer.ok ? 'ok' : answer.error.code
  }
  expect(await codeOf([{ id: two.id }, { id: one.id }], sent.key)).toBe('conflict')
  expect(await codeOf([{ id: one.id }, { id: two.id, alt: 'Another' }], sent.key)).toBe('conflict')
  expect(await codeOf([{ id: one.id }])).toBe('not_found')
  expect(await codeOf([{ id: half.id }])).toBe('not_found')
  expect(await codeOf([{ id: two.id }, { id: two.id }])).toBe('invalid')
  expect(await codeOf([])).toBe('invalid')
  const elsewhere = await ann.ask('room:create', { name: 'Elsewhere' })
  const three = await upload(ann, '3', '3', elsewhere.room.id)
  expect(await codeOf([{ id: three.id }])).toBe('not_found')
  expect((await ann.ask('message:list', { roomId })).messages).toEqual([message])
})

it('goes on after a cut, also when the server was stopped meanwhile, and keeps what is not sent yet', async () => {
  const { connect, connectAs, begin, patch, ask, load, send, restart } = await withFiles()
  const ann = await connect('Ann')
  const { id } = (await (await begin(ann, 'long.txt', 10)).json()) as Upload
  expect(await (await patch(ann, id, 0, 'first')).json()).toEqual({ id, size: 10, offset: 5 })
  await restart()
  expect(await (await ask(ann, 'GET', `/api/uploads/${id}`)).json()).toEqual({ id, size: 10, offset: 5 })
  const whole = await patch(ann, id, 5, 'again')
  expect(await whole.json()).toMatchObject({ offset: 10, file: { id, name: 'long.txt', size: 10 } })
  expect(await (await patch(ann, id, 10, '')).json()).toMatchObject({ offset: 10, file: { id } })
  await restart()
  const again = await connectAs(ann.cookie)
  expect(await send(again, [{ id }])).toMatchObject({ files: [{ id, name: 'long.txt' }] })
  expect(String(await bytesOf(await load(again, id)))).toBe('firstagain')
})

it('does again from the beginning what its end left half done, and removes at its start what belongs to nothing', async () => {
  const { connect, begin, patch, ask, load, restart, dir } = await withFiles()
  const ann = await connect('Ann')
  const { id } = (await (await begin(ann, 'long.txt', 10)).json()) as Upload
  await patch(ann, id, 0, 'first')
  const files = path.join(dir, 'files')
  // All of it was put where it stays, and nobody was told.
  await rename(path.join(files, 'unfinished', id), path.join(files, id))
  const strays = ['stray', 'stray.small', 'unfinished/stray', 'unfinished/stray.anew']
  for (const name of strays) await writeFile(path.join(files, name), 'x')
  await restart()
  const there = () => readdir(files, { recursive: true })
  await vi.waitFor(async () => expect((await there()).toSorted()).toEqual([id, 'unfinished'].toSorted()))
  expect(await (await ask(ann, 'GET', `/api/uploads/${id}`)).json()).toMatchObject({ offset: 0 })
  await patch(ann, id, 0, 'from anew!')
  expect(String(await bytesOf(await load(ann, id)))).toBe('from anew!')
  expect(await there()).toEqual(expect.arrayContaining([id, 'unfinished']))
})

it('keeps the files of a deleted message out of sight for as long as it can be put back, and an edited one keeps its own', async () => {
  const { connect, own, upload, send, load, dir } = await withFiles()
  const olga = await own('Olga')
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const file = await upload(ann, 'plan.txt', 'words')
  const sent = await send(ann, [file])
  const at = { roomId: sent.roomId, seq: sent.seq }
  expect(await ann.ask('message:edit', { ...at, body: 'The plan' })).toMatchObject({ files: sent.files })
  await ann.ask('message:delete', at)
  for (const who of [ann, bob]) expect((await load(who, file.id)).status).toBe(404)
  // What is gone for good is removed after it.
  const other = await upload(ann, 'other.txt', 'words')
  const { seq } = await send(ann, [other])
  for (const one of [ann, olga]) await one.ask('message:delete', { ...at, seq })
  const there = () => readdir(path.join(dir, 'files'))
  await vi.waitFor(async () => expect(await there()).not.toContain(other.id))
  expect(await there()).toContain(file.id)
  expect(await ann.ask('message:restore', at)).toMatchObject({ body: 'The plan', files: sent.files })
  expect(String(await bytesOf(await load(bob, file.id)))).toBe('words')
})
