import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { KeptFile } from '../store/files.ts'
import { createArriving } from './arriving.ts'
import { createComing } from './coming.ts'

const SIZE = 10

async function opened() {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-test-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const arriving = createArriving(dir)
  const coming = createComing(arriving)
  /** A part of one of Ann's files, whose connection stays open until it has sent all of it. */
  const take = (id: string, offset = 0) => {
    const file = { id, name: id, type: 'text/plain', size: SIZE }
    const kept: KeptFile = {
      file,
      roomId: 'lobby',
      uploaderId: 'ann',
      isReady: false,
      isGone: false,
      seq: null,
      bytes: id,
    }
    const source = new PassThrough()
    return { source, work: coming.take(kept, { offset, length: 0, source }) }
  }
  return { arriving, coming, take }
}

it('takes nothing off what is on its way for who says to go on behind the end', async () => {
  const { coming, take } = await opened()
  const { work } = take('file', 1_000_000)
  const promised = coming.promised()
  await expect(work).rejects.toMatchObject({ code: 'conflict' })
  expect([promised, coming.promised()]).toEqual([0, 0])
})

it('lets files go on whose connections were cut without knowing it, however many there are', async () => {
  const { arriving, coming, take } = await opened()
  const ids = Array.from({ length: 8 }, (_, i) => `file-${i}`)
  const hanging = ids.map((id) => take(id))
  const cut = Promise.all(hanging.map(({ work }) => expect(work).rejects.toMatchObject({ code: 'conflict' })))
  for (const { source } of hanging) source.write('first')
  await vi.waitFor(async () => expect(await Promise.all(ids.map(arriving.offsetOf))).toEqual(ids.map(() => 5)))
  await expect(take('one-more').work).rejects.toMatchObject({ code: 'rate_limited' })
  const again = ids.map((id) => take(id, 5))
  await expect(take('one-more').work).rejects.toMatchObject({ code: 'rate_limited' })
  for (const { source } of again) source.end('again')
  expect(await Promise.all(again.map(({ work }) => work))).toEqual(ids.map(() => SIZE))
  await cut
  expect(coming.promised()).toBe(0)
})
