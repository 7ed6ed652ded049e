import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createArriving } from './arriving.ts'

it('cuts off whoever sends a byte a second, and keeps what came', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-test-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const arriving = createArriving(dir)
  const source = new PassThrough()
  const work = arriving.append('slow', 1_000_000, { offset: 0, length: 1_000_000, source })
  const failed = expect(work).rejects.toMatchObject({ code: 'invalid' })
  source.write('x')
  await vi.waitFor(async () => expect(await arriving.offsetOf('slow')).toBe(1))
  vi.advanceTimersByTime(10_000)
  await failed
  expect(await arriving.append('slow', 3, { offset: 1, length: 2, source: new PassThrough().end('yz') })).toBe(3)
})

it('lets one connection at a time go on with a file, however many begin at once', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-test-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const arriving = createArriving(dir)
  const size = 40_000
  const slow = new PassThrough()
  const first = arriving.append('file', size, { offset: 0, length: size, source: slow })
  const many = [1, 2, 3, 4].map((sign) => {
    const source = new PassThrough().end(Buffer.alloc(size, sign))
    return arriving.append('file', size, { offset: 0, length: size, source })
  })
  await Promise.allSettled([first, ...many])
  const all = await readFile(arriving.fileOf('file'))
  expect(all.length).toBeLessThanOrEqual(size)
  expect(new Set(all).size).toBe(1)
})
