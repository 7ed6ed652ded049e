import type { RefusalBody } from '../../protocol/errors.ts'
import type { MessageFile, Upload } from '../../protocol/files.ts'

/** So many bytes travel at once: what a cut can lose, and how fine the progress is. */
const PIECE = 1024 * 1024
/** A piece that takes longer is tried again. Milliseconds. */
const PATIENCE = 120_000

/** What the server says will not do, as against what passes by itself. */
export class NotTaken extends Error {
  readonly refusal: RefusalBody
  constructor(refusal: RefusalBody) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** What passes by itself: with what the server says of it, if it is more than that it will. */
export class Later extends Error {
  readonly refusal: RefusalBody | null
  constructor(refusal: RefusalBody | undefined) {
    super('later')
    this.refusal = refusal?.code === 'storage_unavailable' ? refusal : null
  }
}

/** No such upload on the server, or not from there on: it is asked how far it is. */
const AGAIN = [404, 409]

async function ask(path: string, init: RequestInit): Promise<Upload | null> {
  const response = await fetch(`/api/uploads${path}`, { ...init, signal: AbortSignal.timeout(PATIENCE) })
  const said = (await response.json()) as Upload & { error?: RefusalBody }
  if (response.ok) return said
  if (path && AGAIN.includes(response.status)) return null
  if (response.status >= 500 || response.status === 429) throw new Later(said.error)
  throw new NotTaken(said.error ?? { code: 'internal', message: '' })
}

type Sending = {
  roomId: string
  name: string
  bytes: Blob
  /** Under which the server knows it, if it does. */
  id: string | null
  onBegun: (id: string) => void
  onProgress: (offset: number) => void
  /** Asked before each piece: what was taken back is not begun anew, and nothing goes under another name. */
  isWanted: () => boolean
}

/**
 * Brings a file to the server, from where it stopped. Rejects with NotTaken for what will not do, and with anything else for what
 * passes: then the same again goes on.
 */
export async function sendFile({
  roomId,
  name,
  bytes,
  id,
  onBegun,
  onProgress,
  isWanted,
}: Sending): Promise<MessageFile> {
  const begin = () =>
    ask('', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ roomId, name, size: bytes.size }),
    })
  let isBegun = false
  let state = id === null ? null : await ask(`/${id}`, {})
  while (!state?.file) {
    if (!isWanted()) throw new Error('not wanted')
    if (!state) {
      // It has just taken it, and knows nothing of it: not at once again, and again.
      if (isBegun) throw new Error('forgotten')
      isBegun = true
      state = await begin()
      if (state) onBegun(state.id)
      continue
    }
    onProgress(state.offset)
    const piece = bytes.slice(state.offset, state.offset + PIECE)
    const path = `/${state.id}`
    const headers = { 'Upload-Offset': String(state.offset) }
    state = (await ask(path, { method: 'PATCH', headers, body: piece })) ?? (await ask(path, {}))
  }
  return state.file
}

/** Nobody wants it any more. What is not heard of now is removed by the server a day later. */
export function dropFile(id: string): void {
  fetch(`/api/uploads/${id}`, { method: 'DELETE' }).catch(() => {})
}
