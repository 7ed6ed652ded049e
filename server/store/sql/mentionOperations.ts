import { mentionedIn } from '../../../protocol/code.ts'
import { Refusal } from '../../../protocol/errors.ts'
import { HERE_LIMIT } from '../../../protocol/limits.ts'
import { HERE, isCall, ROOM } from '../../../protocol/mentions.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Database } from './database.ts'
import { isIn } from './queries.ts'

/** The row of `mentions` that stands for everybody in the room. */
const EVERYBODY = ''

type Written = { roomId: string; authorId: string; body: string; here: readonly string[] | undefined }

/** Whom messages mention: on the message, as the whole room sees it, and by person, as what is for them is found. */
export function createMentions(database: Database) {
  /**
   * Whom a text reaches of those who are in its room. What it called before (`former`) it goes on calling, and then those whom it
   * named count as called as well: they may be more than one may call at once.
   */
  function reachedBy({ roomId, authorId, body, here }: Written, former: readonly string[] = []): string[] {
    const named = mentionedIn(body)
    const people = named.filter((id) => !isCall(id) && isIn(database, roomId, id))
    const calls = named.filter((id) => isCall(id) && (here !== undefined || former.includes(id)))
    const present = former.includes(HERE) ? former.filter((id) => !isCall(id)) : (here ?? [])
    const called = calls.includes(HERE) ? present.filter((id) => id !== authorId && isIn(database, roomId, id)) : []
    if (!former.includes(HERE) && called.length > HERE_LIMIT)
      throw new Refusal('forbidden', `More than ${HERE_LIMIT} people in this room are here: write to @room instead.`)
    return [...new Set([...calls, ...people, ...called])]
  }

  /** Notes by person what a message says by now, and whom it concerns, instead of before. */
  function note(message: Message, former: readonly string[] = []): void {
    const { roomId, seq, rev, authorId, sentAt, mentions = [], concerns = [] } = message
    const after = rowsOf([...mentions, ...concerns], authorId)
    const before = rowsOf(former, authorId)
    for (const reached of before.filter((one) => !after.includes(one)))
      database.run('DELETE FROM mentions WHERE reached = ? AND room_id = ? AND seq = ?', reached, roomId, seq)
    for (const reached of after.filter((one) => !before.includes(one)))
      database.run(
        'INSERT INTO mentions (reached, room_id, seq, rev, author_id, sent_at) VALUES (?, ?, ?, ?, ?, ?)',
        reached,
        roomId,
        seq,
        rev,
        authorId,
        sentAt,
      )
  }

  return { reachedBy, note }
}

/** One for everybody is enough. */
const rowsOf = (reached: readonly string[], authorId: string): string[] =>
  reached.includes(ROOM) ? [EVERYBODY] : [...new Set(reached)].filter((id) => !isCall(id) && id !== authorId)
