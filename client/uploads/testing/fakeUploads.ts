import { onTestFinished, vi } from 'vitest'
import type { RefusalBody } from '../../../protocol/errors.ts'

type Held = { name: string; size: number; offset: number }

/** A server that takes files, a piece at a time, each when the test lets it through. */
export function fakeUploads() {
  const held = new Map<string, Held>()
  const waiting: (() => void)[] = []
  const server = {
    refusal: null as RefusalBody | null,
    isThere: true,
    /** What is begun is not there a moment later. */
    isForgetful: false,
    /** Until then nothing is begun. */
    begins: Promise.resolve(),
    /** What was removed, by name. */
    dropped: [] as string[],
    /** Of what is on the server, by name: bytes. */
    offsets: () => Object.fromEntries([...held.values()].map(({ name, offset }) => [name, offset])),
    drop: (name: string) => held.delete(name),
    /** So many pieces are under way. */
    pieces: () => waiting.length,
    /** Lets the next piece through; resolves once it is asked for. */
    async takePiece(): Promise<void> {
      await vi.waitFor(() => {
        if (waiting.length === 0) throw new Error('Nothing is sent.')
      })
      waiting.shift()?.()
    },
  }
  const answer = (status: number, body: object) => new Response(JSON.stringify(body), { status })

  async function respond(path: string, { method = 'GET', body, headers }: RequestInit = {}): Promise<Response> {
    if (!server.isThere) throw new TypeError('Nobody answers.')
    const id = path.replace(/^\/api\/uploads\/?/, '')
    if (method === 'POST') {
      if (server.refusal)
        return answer(server.refusal.code === 'storage_unavailable' ? 503 : 403, { error: server.refusal })
      await server.begins
      const { name, size } = JSON.parse(body as string) as Held
      if (!server.isForgetful) held.set(name, { name, size, offset: 0 })
      return answer(201, { id: name, size, offset: 0 })
    }
    const file = held.get(id)
    if (!file) return answer(404, { error: { code: 'not_found', message: 'No such file.' } })
    if (method === 'DELETE' && held.delete(id)) server.dropped.push(id)
    if (method === 'PATCH') {
      await new Promise<void>((resolve) => waiting.push(resolve))
      file.offset = Number(new Headers(headers).get('Upload-Offset')) + (body as Blob).size
    }
    const { size, offset } = file
    return answer(200, { id, size, offset, ...(offset === size && { file: { id } }) })
  }

  vi.stubGlobal('fetch', respond)
  // Whatever is still on its way would keep the next test's files waiting for their turn.
  onTestFinished(() => {
    for (const go of waiting.splice(0)) go()
  })
  return server
}

/** A file of so many megabytes. */
export const fileOf = (name: string, megabytes: number, type = ''): File =>
  new File([new Uint8Array(megabytes * 1024 * 1024)], name, { type })
