import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Cluster } from '../cluster/cluster.ts'
import type { Known } from './board.ts'

/** So often a node says that it is there, and which of its packets was the newest. Milliseconds. */
const BEAT = 5_000
/** A node that was silent for so long has died, and the grace of its people is over. Milliseconds. */
const SILENT = 35_000
/** What several ask for at once is told once. Milliseconds. */
const TOGETHER = 100

const Known: z.ZodType<Known> = z.object({
  said: z.enum(['here', 'away']),
  looking: z.array(z.string()),
  from: z.array(z.string()),
})

/** What a node says of its own people: all of them, or what has changed. */
const Packet = z.object({
  /** Of how many changes the node has told: a number that is missing was lost. */
  n: z.int(),
  people: z.array(z.tuple([z.string(), Known.nullable()])),
  /** There are no others. */
  whole: z.boolean().optional(),
  /** Whoever is named, or everybody ('all'), is to tell all of theirs. */
  ask: z.string().optional(),
  /** It ends in order: its people come back elsewhere. */
  bye: z.boolean().optional(),
})
type Packet = z.infer<typeof Packet>

/** Milliseconds. */
export type Times = { beat: number; silent: number }

export type Nodes = {
  /** Tells the others of these, as far as they do not know it. */
  tell: (people: Map<string, Known | null>) => void
  close: () => void
}

type Parts = {
  cluster: Cluster
  /** All who have a connection to this node. */
  mine: () => Map<string, Known>
  /** What a node says; `whole`: there are no others there. */
  hear: (nodeId: string, people: ReadonlyMap<string, Known | null>, whole: boolean) => void
  /** A node is no more. `inOrder`: its people are about to come back. */
  forget: (nodeId: string, inOrder: boolean) => void
  times?: Times | undefined
}

/** Who is connected to which other node: told as it changes, all of it to whoever has missed something. */
export function linkNodes({ cluster, mine, hear, forget, times = { beat: BEAT, silent: SILENT } }: Parts): Nodes {
  const others = new Map<string, { n: number; heardAt: number }>()
  /** What the others know by this one. */
  let told = new Map<string, Known>()
  let n = 0
  let answering: NodeJS.Timeout | undefined
  let lookedAt = performance.now()

  const send = (packet: Partial<Packet>) => cluster.tell('presence', JSON.stringify({ n, people: [], ...packet }))

  function sendAll(ask?: string): void {
    told = mine()
    n++
    send({ people: [...told], whole: true, ask })
  }

  function answerSoon(): void {
    answering ??= setTimeout(() => {
      answering = undefined
      sendAll()
    }, TOGETHER).unref()
  }

  function take(nodeId: string, { n: newest, people, whole = false, ask, bye }: Packet): void {
    if (bye) {
      others.delete(nodeId)
      return forget(nodeId, true)
    }
    const expected = (others.get(nodeId)?.n ?? -Infinity) + Math.sign(people.length)
    others.set(nodeId, { n: newest, heardAt: performance.now() })
    if (whole || people.length > 0) hear(nodeId, new Map(people), whole)
    if (!whole && newest !== expected) send({ ask: nodeId })
    if (ask === 'all' || ask === cluster.nodeId) answerSoon()
  }

  /** Whoever was stopped itself has heard nobody meanwhile. */
  function look(): void {
    const now = performance.now()
    const slept = now - lookedAt > 3 * times.beat
    lookedAt = now
    send({})
    for (const [nodeId, node] of others) {
      if (slept) node.heardAt = now
      if (now - node.heardAt <= times.silent) continue
      others.delete(nodeId)
      forget(nodeId, false)
    }
  }

  const stopHearing = cluster.hear('presence', (payload, nodeId) => take(nodeId, Packet.parse(JSON.parse(payload))))
  cluster.onJoin(() => {
    // While nobody could be heard nobody was silent.
    for (const node of others.values()) node.heardAt = performance.now()
    sendAll('all')
  })
  const timer = setInterval(look, times.beat).unref()

  return {
    tell(people) {
      const changed = [...people].filter(([id, known]) => !isDeepStrictEqual(told.get(id) ?? null, known))
      if (changed.length === 0) return
      for (const [id, known] of changed) {
        if (known) told.set(id, known)
        else told.delete(id)
      }
      n++
      send({ people: changed })
    },
    close() {
      clearInterval(timer)
      clearTimeout(answering)
      stopHearing()
      send({ bye: true })
    },
  }
}
