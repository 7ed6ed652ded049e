import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import type { Upload } from '../../protocol/files.ts'
import { lobbyOf } from '../testing/startServer.ts'
import { withFiles } from './testing/sending.ts'

const photo = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#e4572e' } })
    .jpeg()
    .toBuffer()

it('leaves no byte of what was deleted, taken back or never sent', async () => {
  const { connect, own, upload, send, begin, patch, ask, dir, store } = await withFiles()
  const olga = await own('Olga')
  const ann = await connect('Ann')
  const roomId = lobbyOf(ann.hello)
  const there = async () =>
    [...(await readdir(path.join(dir, 'files'), { recursive: true }))].filter((name) => name !== 'unfinished')
  const picture = await upload(ann, 'a.jpg', await photo())
  const { seq } = await send(ann, [picture])
  expect((await there()).toSorted()).toEqual([picture.id, `${picture.id}.small`].toSorted())
  // Nobody puts back what somebody else deletes as well.
  for (const one of [ann, olga]) await one.ask('message:delete', { roomId, seq })
  await vi.waitFor(async () => expect(await there()).toEqual([]))
  const half = (await (await begin(ann, 'half', 10)).json()) as Upload
  await patch(ann, half.id, 0, 'half')
  expect(await there()).toEqual([`unfinished/${half.id}`])
  expect((await ask(ann, 'DELETE', `/api/uploads/${half.id}`)).status).toBe(200)
  expect((await ask(ann, 'DELETE', `/api/uploads/${half.id}`)).status).toBe(404)
  expect(await there()).toEqual([])
  await upload(ann, 'never sent', 'words')
  await store.files.dropUnsent(Date.now() + 1)
  await ann.ask('message:delete', { roomId, seq: (await ann.say('x')).seq })
  await vi.waitFor(async () => expect(await there()).toEqual([]))
  expect(await readFile(path.join(dir, 'natter.db'), 'latin1')).not.toContain('a.jpg')
})
