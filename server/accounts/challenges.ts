import { z } from 'zod'
import type { Cluster } from '../cluster/cluster.ts'
import { createTickets } from './tickets.ts'

/** As long as somebody may take to find their key. Milliseconds. */
export const CHALLENGE_MS = 5 * 60_000

/** What one is for: signing in, showing that one is who one is, or another passkey; by whom, and in which session. */
const Purpose = z.enum(['signIn', 'prove', 'add'])
type Purpose = z.infer<typeof Purpose>

const schema = z.object({ purpose: Purpose, who: z.string() })

/** Random texts that a passkey signs: each once, soon, and for what it was made. */
export function createChallenges(cluster: Cluster, now?: () => number) {
  const tickets = createTickets({ kind: 'challenge', schema, lasting: CHALLENGE_MS, cluster, ...(now && { now }) })
  return {
    make: (purpose: Purpose, who = ''): Promise<string> => tickets.make({ purpose, who }),
    /** Whether it is one of these, and from now on it is none. */
    async take(challenge: string, purpose: Purpose, who = ''): Promise<boolean> {
      const made = await tickets.take(challenge)
      return made !== null && made.purpose === purpose && made.who === who
    },
  }
}

export type Challenges = ReturnType<typeof createChallenges>
