import { waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { Entry } from '../messages/outbox.ts'
import { uploads } from './items.ts'
import { sendWith } from './sendWith.ts'
import { fakeUploads, fileOf } from './testing/fakeUploads.ts'
import { abandon, add, take } from './uploads.ts'

afterEach(() => {
  abandon(uploads.all())
  vi.unstubAllGlobals()
})

/** A message of Ann's with a file that the server has. */
async function uploaded() {
  const server = fakeUploads()
  add('ann', 'lobby', 'lobby', [fileOf('plan.pdf', 1)])
  const files = uploads.all()
  take('ann', files)
  await server.takePiece()
  await waitFor(() => expect(uploads.all()).toMatchObject([{ state: 'done' }]))
  const entry: Entry = {
    key: 'a',
    roomId: 'lobby',
    body: '',
    at: 0,
    failed: null,
    tab: 'this',
    kept: true,
    rev: null,
    draft: 'lobby',
    files,
  }
  return { server, entry }
}

it('begins files anew that the server has dropped, when their message is tried again', async () => {
  const { server, entry } = await uploaded()
  const gone = {
    ok: false,
    error: { code: 'not_found', message: 'One of these files is not there any more.' },
  } as const
  const refuse = vi.fn(async () => gone)
  server.drop('plan.pdf')
  expect(await sendWith(entry, refuse)).toEqual(gone)
  expect(await sendWith(entry, refuse)).toHaveProperty('until')
  await server.takePiece()
  await waitFor(() => expect(uploads.all()).toMatchObject([{ state: 'done' }]))
  expect(server.offsets()).toEqual({ 'plan.pdf': 1_048_576 })
  expect(refuse).toHaveBeenCalledOnce()
})

it('waits a while where the server forgets a file as soon as it is begun', async () => {
  const server = fakeUploads()
  server.isForgetful = true
  add('ann', 'lobby', 'lobby', [fileOf('plan.pdf', 1)])
  await waitFor(() => expect(uploads.all()).toMatchObject([{ state: 'waits' }]))
})
