import { act } from '@testing-library/react'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import type { KeptBytes } from '../socket/database.ts'
import { uploads } from './items.ts'
import { fakeUploads, fileOf } from './testing/fakeUploads.ts'
import { abandon, add, describe, putBack, take } from './uploads.ts'

/** What a browser keeps: jsdom keeps nothing. */
const kept = new Map<string, KeptBytes>()
vi.mock('../socket/storage.ts', () => {
  const database = {
    putFile: async (file: KeptBytes) => void kept.set(file.local, file),
    async knowFile(local: string, what: Partial<KeptBytes>) {
      const known = kept.get(local)
      if (known) kept.set(local, { ...known, ...what })
    },
    dropFile: async (local: string) => void kept.delete(local),
  }
  return { withDatabase: async <T,>(task: (given: typeof database) => Promise<T>) => task(database) }
})

afterEach(() => {
  act(() => abandon(uploads.all()))
  vi.unstubAllGlobals()
})

/** Ann has a picture above her box in the lobby. */
function choose(): string {
  fakeUploads()
  add('ann', 'lobby', 'lobby', [fileOf('lamp.png', 1, 'image/png')])
  return uploads.all()[0]?.local ?? ''
}

it('keeps what is said of a file through its message and back above the box', async () => {
  const local = choose()
  describe(local, 'A lamp')
  const files = uploads.all()
  take('ann', files)
  await vi.waitFor(() => expect(kept.get(local)).toMatchObject({ alt: 'A lamp' }))
  await putBack('lobby', 'lobby', files)
  await vi.waitFor(() => expect(kept.get(local)).toMatchObject({ alt: 'A lamp', draft: 'lobby' }))
})

it('keeps what is said of a file while it is being written', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const local = choose()
  take('ann', uploads.all())
  await vi.waitFor(() => expect(kept.has(local)).toBe(true))
  describe(local, 'A la')
  describe(local, 'A lamp')
  await vi.advanceTimersByTimeAsync(500)
  expect(kept.get(local)).toMatchObject({ alt: 'A lamp' })
})
