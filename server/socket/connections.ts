import { HEADS_MS } from '../../protocol/limits.ts'
import { listeners } from '../handlers.ts'
import { welcomeTutorial } from '../tutorial.ts'
import { everybody, roomOf, type Context, type NatterSocket, type Place } from './context.ts'
import { welcome } from './greeting.ts'
import { createOrder } from './inOrder.ts'
import { watchReader } from './readers.ts'
import { serve } from './serve.ts'

/** From the moment somebody is known until the connection ends. */
export function accept(place: Place, socket: NatterSocket): void {
  const since = performance.now()
  const { tutorial } = socket.data
  const reader = watchReader(socket, {
    behind() {
      place.log.info('behind', { personId: context.me.id, socketId: socket.id })
      for (const name of socket.rooms) if (name !== socket.id) void socket.leave(name)
    },
    caughtUp: () => greet(),
  })
  const context: Context = {
    get me() {
      return socket.data.me
    },
    place,
    store: place.store,
    socket,
    reader,
    inOrder: createOrder(),
  }
  place.log.info('connected', { personId: context.me.id, socketId: socket.id, tutorial })
  socket.on('disconnect', (reason) => {
    place.log.info('disconnected', {
      personId: context.me.id,
      socketId: socket.id,
      reason,
      seconds: Math.round((performance.now() - since) / 1000),
    })
    for (const listener of listeners) listener.disconnected?.(context)
  })
  for (const listener of listeners) listener.connected?.(context)

  if (!tutorial) serve(context)
  greet()

  /** Also for whoever has fallen behind and read everything since: they begin again, and ask for what they missed. */
  function greet(): void {
    const greeting = tutorial ? welcomeTutorial(context) : welcome(context)
    greeting.catch((error: unknown) => {
      place.log.error('greeting failed', { socketId: socket.id, error: String(error) })
      socket.disconnect(true)
    })
  }
}

/** Repeats the heads: what was lost at the very end of a room would otherwise go unnoticed. Returns a function that stops it. */
export function repeatHeads({ io, store, log }: Place): () => void {
  const timer = setInterval(() => {
    void tellHeads().catch((error: unknown) => log.warn('heads not told', { error: String(error) }))
  }, HEADS_MS)
  timer.unref()

  async function tellHeads(): Promise<void> {
    const prefix = roomOf('')
    const open = [...io.sockets.adapter.rooms.keys()].filter((name) => name.startsWith(prefix))
    const [people, heads] = await Promise.all([
      store.people.rev(),
      store.rooms.heads(open.map((name) => name.slice(prefix.length))),
    ])
    for (const socket of io.sockets.sockets.values()) {
      // Nor to whoever does not read: they will be told everything anew.
      if (!socket.rooms.has(everybody)) continue
      const mine: typeof heads = {}
      for (const name of socket.rooms) {
        const roomId = name.slice(prefix.length)
        const head = name.startsWith(prefix) ? heads[roomId] : undefined
        if (head) mine[roomId] = head
      }
      socket.emit('heads', { rooms: mine, people })
    }
  }
  return () => clearInterval(timer)
}

/** So long may what was asked before the end take, so that all of it fits into the time that service managers give. Milliseconds. */
const ANSWERING = 1_500
/** Everybody comes back within this time, each at another moment; sooner where other nodes are there to let them in. Milliseconds. */
const SPREAD = { alone: 3_000, nodes: 1_000 }

/** Before the end: what was asked is answered, nothing new is taken, and everybody is told when to come back. */
export async function drain({ io, work, config }: Place): Promise<void> {
  work.ending = true
  const deadline = performance.now() + ANSWERING
  while (work.handling > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
  const spread = config.REDIS_URL === undefined ? SPREAD.alone : SPREAD.nodes
  for (const socket of io.sockets.sockets.values()) {
    if (!socket.data.tutorial) socket.emit('restarting', { delay: Math.round(Math.random() * spread) })
  }
}
