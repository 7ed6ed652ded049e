import type { IncomingMessage } from 'node:http'

/** So much, and for so long. Bytes, milliseconds. */
const MOST = 4_000_000
const PATIENCE = 10_000

/**
 * For who is refused in the middle of sending: many read an answer only when they have sent everything, and one that is cut off before
 * never learns why. So the rest is taken, and dropped; whoever has too much of it, or lets it trickle, is cut off all the same.
 */
export function drain(request: IncomingMessage): void {
  let left = MOST
  const late = setTimeout(() => request.destroy(), PATIENCE).unref()
  request.on('data', ({ length }: Buffer) => {
    left -= length
    if (left < 0) request.destroy()
  })
  request.once('close', () => clearTimeout(late))
  request.resume()
}
