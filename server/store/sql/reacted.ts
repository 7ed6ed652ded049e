import type { Poll, Reaction } from '../../../protocol/messages.ts'
import type { Database } from './database.ts'

/** As they stand on the row of their message. */
export const stored = (reactions: readonly Reaction[]): string =>
  reactions.length === 0 ? '' : JSON.stringify(reactions)

/** Without anything by those whom `stays` says no to. */
export const reactionsBy = (reactions: readonly Reaction[], stays: (personId: string) => boolean): Reaction[] =>
  reactions.map(({ emoji, by }) => ({ emoji, by: by.filter(stays) })).filter(({ by }) => by.length > 0)

/** As it stands on the row of its message. */
export const storedPoll = (poll: Poll | undefined): string => (poll ? JSON.stringify(poll) : '')

export const pollBy = (poll: Poll | undefined, stays: (personId: string) => boolean): Poll | undefined =>
  poll && { ...poll, votes: poll.votes.map((by) => by.filter(stays)) }

/** To which messages somebody has reacted, and in which polls they have voted: so they are found without looking through all of them. */
export function createReacted(database: Database) {
  const note = (personId: string, roomId: string, seq: number) =>
    database.run(
      'INSERT INTO reacted (person_id, room_id, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      personId,
      roomId,
      seq,
    )

  return {
    note,

    /** One of them, or everybody. */
    forget(roomId: string, seq: number, personId?: string): void {
      if (personId === undefined) database.run('DELETE FROM reacted WHERE room_id = ? AND seq = ?', roomId, seq)
      else database.run('DELETE FROM reacted WHERE person_id = ? AND room_id = ? AND seq = ?', personId, roomId, seq)
    },

    /** Of those who are still here. Returns both as they are stored. */
    putBack(roomId: string, seq: number, reactions: readonly Reaction[], poll: Poll | undefined): [string, string] {
      const people = new Set([...reactions.flatMap(({ by }) => by), ...(poll?.votes.flat() ?? [])])
      const stays = (id: string) => people.has(id)
      for (const id of people) {
        if (database.get('SELECT 1 FROM people WHERE id = ? AND gone = 1', id)) people.delete(id)
        else note(id, roomId, seq)
      }
      return [stored(reactionsBy(reactions, stays)), storedPoll(pollBy(poll, stays))]
    },
  }
}
