import type { ShownPoll } from '../messages/rows.ts'
import { createWishes, inTab } from '../socket/wishes.ts'

/** What I vote for, as long as the server has not said so. */
export type Wish = { roomId: string; seq: number; options: readonly number[] }

export const votesOf = inTab((connection) =>
  createWishes<Wish>(
    connection,
    () => 'vote',
    ({ options, ...message }) => connection.request('poll:vote', { ...message, options: [...options] }),
  ),
)

/** Who votes for each option once my wish is fulfilled. */
export function votesWith(
  { options, votes = options.map(() => []) }: ShownPoll,
  wish: Wish | undefined,
  me: string,
): readonly (readonly string[])[] {
  if (!wish) return votes
  return votes.map((by, i) =>
    by.includes(me) === wish.options.includes(i) ? by : by.includes(me) ? by.filter((id) => id !== me) : [...by, me],
  )
}
