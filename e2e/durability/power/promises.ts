import { createHash } from 'node:crypto'
import type { Message } from '../../../protocol/messages.ts'
import type { Sent } from './trace.ts'

/** What the server has said to anybody, answered or announced, and from when on it must not be forgotten. */
export type Promised = { at: number } & (
  | { message: Message }
  | { roomId: string; rev: number }
  | { personId: string }
  | { tokenHash: string }
)

/** Everything that was promised, each thing once, in the order in which it was. */
export function promisesOf(sent: readonly Sent[]): Promised[] {
  const promises = new Map<string, Promised>()
  const promise = (name: string, promised: Promised) => {
    if (!promises.has(name)) promises.set(name, promised)
  }
  const streams = new Map<string, { webSocket: boolean; rest: Buffer }>()
  for (const { at, socket, bytes } of sent) {
    const stream = streams.get(socket) ?? { webSocket: false, rest: Buffer.alloc(0) }
    streams.set(socket, stream)
    if (!stream.webSocket) {
      const text = bytes.toString('latin1')
      const token = /^set-cookie: (?:__Host-)?natter=([\w-]+)/im.exec(text)?.[1]
      if (token) {
        const tokenHash = createHash('sha256').update(token).digest('base64url')
        promise(tokenHash, { at, tokenHash })
      }
      stream.webSocket = text.startsWith('HTTP/1.1 101 ')
      continue
    }
    const { texts, rest } = readFrames(Buffer.concat([stream.rest, bytes]))
    stream.rest = rest
    for (const text of texts) {
      // Engine.IO's "4", then Socket.IO's "2" for an event or "3" with a number for an answer.
      const [, json] = /^4[23]\d*(\[.*)$/s.exec(text) ?? []
      if (json !== undefined) note(JSON.parse(json), at, promise)
    }
  }
  return [...promises.values()]
}

/** Looks for things that last, however deep in a packet. */
function note(value: unknown, at: number, promise: (name: string, promised: Promised) => void): void {
  if (typeof value !== 'object' || value === null) return
  if ('key' in value && 'seq' in value && 'body' in value) {
    const message = value as Message
    promise(`${message.roomId} ${message.seq} ${message.rev}`, { at, message })
  } else if ('roomId' in value && 'rev' in value && 'changes' in value) {
    const { roomId, rev } = value as { roomId: string; rev: number }
    promise(`${roomId} ${rev}`, { at, roomId, rev })
  } else if ('id' in value && 'tint' in value) {
    promise(String(value.id), { at, personId: String(value.id) })
  }
  for (const part of Object.values(value)) note(part, at, promise)
}

/** The text frames of a server, which are not masked, and what is left of one that has only begun. RFC 6455, section 5.2. */
export function readFrames(bytes: Buffer): { texts: string[]; rest: Buffer } {
  const texts: string[] = []
  let from = 0
  while (from + 2 <= bytes.length) {
    const short = bytes.readUInt8(from + 1) & 0x7f
    const begin = from + 2 + (short === 126 ? 2 : short === 127 ? 8 : 0)
    if (begin > bytes.length) break
    const length =
      short === 126 ? bytes.readUInt16BE(from + 2) : short === 127 ? Number(bytes.readBigUInt64BE(from + 2)) : short
    if (begin + length > bytes.length) break
    const isText = (bytes.readUInt8(from) & 0x0f) === 1
    if (isText) texts.push(bytes.toString('utf8', begin, begin + length))
    from = begin + length
  }
  return { texts, rest: bytes.subarray(from) }
}
