import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Cluster } from '../cluster/cluster.ts'

/** Most that are open at once on this node alone; beyond, the oldest is void. */
const MOST = 10_000

type Parts<T> = {
  /** Tells these from tickets of another kind. */
  kind: string
  /** What one stands for. */
  schema: z.ZodType<T>
  /** Milliseconds. */
  lasting: number
  cluster: Cluster
  now?: () => number
}

/**
 * Random texts (256 bits, base64url) that stand for something: each once, and for its time. All nodes know them, since a browser may come
 * back to another one; where the others cannot be reached, the one that made them.
 */
export function createTickets<T>({ kind, schema, lasting, cluster, now = Date.now }: Parts<T>) {
  const open = new Map<string, { kept: T; until: number }>()
  const newTicket = () => randomBytes(32).toString('base64url')
  const keyOf = (ticket: string) => `${kind}:${ticket}`

  function keepHere(kept: T): string {
    for (const [ticket, { until }] of open) {
      if (until > now() && open.size < MOST) break
      open.delete(ticket)
    }
    // Another than the one that may be kept for all nodes after all: each is taken once.
    const ticket = newTicket()
    open.set(ticket, { kept, until: now() + lasting })
    return ticket
  }

  return {
    async make(kept: T): Promise<string> {
      const ticket = newTicket()
      return (await cluster.keep(keyOf(ticket), JSON.stringify(kept), lasting)) ? ticket : keepHere(kept)
    },
    /** What it stands for, if it is one of these; from now on it is none. */
    async take(ticket: string): Promise<T | null> {
      const found = open.get(ticket)
      open.delete(ticket)
      if (found) return found.until > now() ? found.kept : null
      const kept = await cluster.take(keyOf(ticket))
      return kept === null ? null : schema.parse(JSON.parse(kept))
    },
  }
}
