import { randomBytes } from 'node:crypto'

/** Most that are open at once; beyond, the oldest is void. */
const MOST = 10_000

/** Random texts (256 bits, base64url) that stand for something: each once, and within `lasting` milliseconds. */
export function createTickets<T>(lasting: number, now: () => number = Date.now) {
  const open = new Map<string, { kept: T; until: number }>()
  return {
    make(kept: T): string {
      for (const [ticket, { until }] of open) {
        if (until > now() && open.size < MOST) break
        open.delete(ticket)
      }
      const ticket = randomBytes(32).toString('base64url')
      open.set(ticket, { kept, until: now() + lasting })
      return ticket
    },
    /** What it stands for, if it is one of these; from now on it is none. */
    take(ticket: string): T | null {
      const found = open.get(ticket)
      open.delete(ticket)
      return found && found.until > now() ? found.kept : null
    },
  }
}
