import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { Refusal } from '../../protocol/errors.ts'
import type { Bytes } from './bytes.ts'
import { isShown, PLAIN } from './kinds.ts'

/** Whoever takes nothing for so long holds a file open, and nothing else; a browser that pauses asks again from where it was. Milliseconds. */
const PATIENCE = 60_000

const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cache-Control': 'private, no-cache',
}

const noFile = () => new Refusal('not_found', 'There is no such file.')

/** `size`: where it is known, nobody has to ask. */
export type Sent = { name: string; called: string; type: string; size?: number }

/**
 * Sends bytes, or the part that was asked for. What a browser could run it only downloads; what it shows is in a world of its own.
 * Asked for again each time, because whoever may have it now may not a moment later; what has not changed is not sent twice.
 */
export async function send(bytes: Bytes, sent: Sent, request: Request, response: Response): Promise<void> {
  const etag = `"${sent.name}"`
  if (request.headers['if-none-match'] === etag) {
    response
      .status(304)
      .set({ ETag: etag, ...ALWAYS })
      .end()
    return
  }
  const size = sent.size ?? (await bytes.size(sent.name))
  if (size === null) throw noFile()
  const range = rangeOf(request, size)
  if (range === null)
    return void response
      .status(416)
      .set({ 'Content-Range': `bytes */${size}`, ...ALWAYS })
      .end()
  const isHead = request.method === 'HEAD'
  const body = isHead ? null : await bytes.read(sent.name, range)
  if (!isHead && !body) throw noFile()
  describe(sent, response)
  response.set({ ETag: etag, 'Accept-Ranges': 'bytes', ...ALWAYS })
  if (range) response.status(206).setHeader('Content-Range', `bytes ${range.start}-${range.end}/${size}`)
  response.setHeader('Content-Length', range ? range.end - range.start + 1 : size)
  if (!body) return void response.end()
  const rest = endUnread(response)
  await pipeline(body, response).catch(() => {
    // Whoever asked has gone, or where it lies does not give it: it ends in the middle, and says by its length that it did.
    response.destroy()
  })
  rest()
}

function endUnread(response: Response): () => void {
  let before: number | undefined
  const timer = setInterval(() => {
    const now = response.socket?.bytesWritten
    if (now === before) response.destroy()
    before = now
  }, PATIENCE)
  return () => clearInterval(timer)
}

function describe({ called, type }: Sent, response: Response): void {
  const shown = isShown(type)
  response.attachment(called)
  if (shown)
    response.setHeader(
      'Content-Disposition',
      String(response.getHeader('Content-Disposition')).replace('attachment', 'inline'),
    )
  response.setHeader('Content-Type', shown ? type : PLAIN)
}

/** One range: several at once are answered with everything, as what is no range. Null for one that there is not. */
function rangeOf(request: Request, size: number): { start: number; end: number } | undefined | null {
  const asked = request.headers['if-range'] === undefined ? request.range(size) : undefined
  if (asked === -1) return null
  if (asked === undefined || asked === -2 || asked.type !== 'bytes' || asked.length !== 1) return undefined
  return asked[0]
}
