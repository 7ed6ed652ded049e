import { createHash, randomBytes } from 'node:crypto'
import type { Person } from '../protocol/people.ts'
import type { NatterSocket } from './socket/context.ts'

/**
 * A key of the form `<socket id>-<number>` is one of a kind in the world, so sending it again, on any connection, is sending
 * once. Any other, such as the `undefined-0` of every page that was never connected, says nothing beyond its connection.
 */
export function keyOf(socket: NatterSocket, me: Person, clientOffset: unknown): { key: string; owner: string } {
  if (typeof clientOffset !== 'string' || clientOffset.length > 64)
    return { key: uuidOf(randomBytes(32)), owner: me.id }
  const everywhere = /^[\w-]{20}-\d+$/.test(clientOffset)
  const owner = everywhere ? 'tutorial' : `connection:${socket.id}`
  return { key: uuidOf(createHash('sha256').update(`${owner} ${clientOffset}`).digest()), owner }
}

/** Any 16 bytes in the form of a UUID, version 8 (RFC 9562: "custom"). */
function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
