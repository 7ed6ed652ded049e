import { createTickets } from './tickets.ts'

/** As long as somebody may take to find their key. Milliseconds. */
export const CHALLENGE_MS = 5 * 60_000

/** What one is for: signing in, showing that one is who one is, or another passkey; by whom, and in which session. */
type Purpose = 'signIn' | 'prove' | 'add'

/** Random texts that a passkey signs: each once, soon, and for what it was made. */
export function createChallenges(now?: () => number) {
  const tickets = createTickets<{ purpose: Purpose; who: string }>(CHALLENGE_MS, now)
  return {
    make: (purpose: Purpose, who = ''): string => tickets.make({ purpose, who }),
    /** Whether it is one of these, and from now on it is none. */
    take(challenge: string, purpose: Purpose, who = ''): boolean {
      const made = tickets.take(challenge)
      return made !== null && made.purpose === purpose && made.who === who
    },
  }
}

export type Challenges = ReturnType<typeof createChallenges>
