import { MAY_WRITE } from '../sql/authority.ts'
import type { Command } from '../sql/committing.ts'
import type { Row } from '../sql/database.ts'
import { REPEATED } from '../sql/freshRow.ts'
import type { Operations } from '../sql/operations.ts'
import type { Connection } from './connection.ts'

/**
 * Every message begins with the same two questions. Those of all messages that are committed together are asked at once: to wait for an
 * answer takes longer than to find it.
 */
export function askAhead(connection: Connection, commands: readonly Command[]): void {
  const drafts = asked(commands)
  if (drafts.length < 2) return
  const all = JSON.stringify(drafts)
  const repeated = connection.all(
    `SELECT m.* FROM json_to_recordset(?::json) AS a (owner text, key text) JOIN messages m ON m.owner = a.owner AND m.key = a.key`,
    all,
  )
  const writers = connection.all(
    `SELECT a.room, a.author, w.* FROM (SELECT DISTINCT room, author FROM json_to_recordset(?::json) AS b (room text, author text)) AS a
     CROSS JOIN LATERAL (${MAY_WRITE.replaceAll('?1', 'a.room').replaceAll('?2', 'a.author')}) AS w`,
    all,
  )
  const known = new Map(repeated.map((row) => [nameOf(row['owner'], row['key']), row]))
  const may = new Map(writers.map((row) => [nameOf(row['room'], row['author']), row]))
  for (const { owner, key, room, author } of drafts) {
    const row = known.get(nameOf(owner, key))
    connection.remember(REPEATED, [owner, key], row)
    // Of what is there already nothing else is asked: what nobody asks for would be remembered for too long.
    if (!row) connection.remember(MAY_WRITE, [room, author], may.get(nameOf(room, author)))
  }
}

const nameOf = (...parts: (Row[string] | undefined)[]) => parts.join(' ')

/**
 * The messages that come first: what is done before them might change the answers. For the same reason each question is
 * asked once, and the second message of somebody asks for itself.
 */
function asked(commands: readonly Command[]) {
  const end = commands.findIndex(({ operation }) => operation !== 'messages.append')
  return commands.slice(0, end < 0 ? commands.length : end).map(({ values }) => {
    const [{ roomId, authorId, owner = authorId, key }] = values as Parameters<Operations['messages.append']>
    return { owner, key, room: roomId, author: authorId }
  })
}
