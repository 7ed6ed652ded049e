import { z } from 'zod'
import { BLOCK_LIMIT } from './limits.ts'
import { PersonId } from './people.ts'

export const blockRequests = {
  'block:set': {
    summary: `Hear nothing more of somebody, or hear them again. Their messages are for the client to fold; they count as unread no more, and nothing notifies of them. Neither of the two begins a conversation that the other is in. Only one’s own devices learn of it. At most ${BLOCK_LIMIT} people.`,
    input: z.object({ personId: PersonId, blocked: z.boolean() }),
    output: z.object({}),
  },
}
