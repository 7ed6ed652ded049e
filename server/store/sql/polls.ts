import { Refusal } from '../../../protocol/errors.ts'
import { POLL_VOTES } from '../../../protocol/limits.ts'
import type { Poll } from '../../../protocol/messages.ts'

export const noPoll = () => new Refusal('not_found', 'No such poll.')

/** The poll once somebody votes for these of its options and for no others; null where they do already. */
export function voted(poll: Poll | undefined, options: readonly number[], personId: string): Poll | null {
  if (!poll) throw noPoll()
  if (poll.closed) throw new Refusal('forbidden', 'This poll is closed.')
  const wanted = new Set(options)
  if ([...wanted].some((i) => i >= poll.options.length)) throw new Refusal('invalid', 'This poll has no such option.')
  if (!poll.multiple && wanted.size > 1) throw new Refusal('invalid', 'In this poll one option is chosen.')
  if (poll.votes.every((by, i) => by.includes(personId) === wanted.has(i))) return null
  const votes = poll.votes.map((by, i) =>
    by.includes(personId) === wanted.has(i)
      ? by
      : wanted.has(i)
        ? [...by, personId]
        : by.filter((id) => id !== personId),
  )
  if (wanted.size > 0 && votes.reduce((sum, by) => sum + by.length, 0) > POLL_VOTES)
    throw new Refusal('forbidden', `A poll takes ${POLL_VOTES} votes at most.`)
  return { ...poll, votes }
}
