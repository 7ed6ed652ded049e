import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '../../protocol/index.ts'

export type NatterSocket = Socket<ServerToClient, ClientToServer>
/** What is said on connecting: which people one need not be told of again. */
type Auth = { natter: number; logId: string | null; peopleRev: number }
export type MakeSocket = (auth: () => Auth) => NatterSocket

/** Most milliseconds between two attempts to connect: back soon after a restart; a place that stays away is left in peace. */
const SOON = 1_000
const SELDOM = 30_000
const MANY = 60
/** As Socket.IO calls it. */
export const RECONNECTION = { reconnectionDelay: 250, reconnectionDelayMax: SOON, randomizationFactor: 0.5 }

/** How a page connects: by WebSocket where it gets through, and again and again until it is. */
export function openSocket(auth: () => Auth): NatterSocket {
  const socket: NatterSocket = io({
    auth: (give) => give(auth()),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    ...RECONNECTION,
  })
  socket.io.on('reconnect_attempt', (nth) => socket.io.reconnectionDelayMax(nth < MANY ? SOON : SELDOM))
  return socket
}
