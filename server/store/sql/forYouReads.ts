import type { Message } from '../../../protocol/messages.ts'
import type { ForYou } from '../forYou.ts'
import { spokenIn } from './changes.ts'
import type { Database, Row } from './database.ts'
import { bodyLength, fitting } from './pages.ts'
import { peopleById, toMessage } from './queries.ts'
import type { AtOnce } from './reads.ts'

type Position = [sentAt: number, roomId: string, seq: number]

/** The newest mentions of one room below a position, of one person and of everybody: each half is a range of an index. */
const IN_ROOM = ['reached = ?1', `reached = '' AND rev > ?6`]
  .map(
    (which) =>
      `SELECT * FROM (SELECT room_id, seq, sent_at FROM mentions
       WHERE ${which} AND room_id = ?2 AND author_id <> ?1 AND author_id NOT IN (SELECT blocked_id FROM blocks WHERE person_id = ?1)
       AND sent_at <= ?3 AND (sent_at, room_id, seq) < (?3, ?4, ?5)
       ORDER BY sent_at DESC, seq DESC LIMIT ?7) AS half`,
  )
  .join(' UNION ALL ')

/** Whether there are any, in one statement: asked by everybody who comes in, and in every room of theirs. */
const ANY = `SELECT ${['reached = ?1', `reached = '' AND n.rev > m.rev`]
  .map(
    (which) =>
      `EXISTS (SELECT 1 FROM members m CROSS JOIN mentions n ON n.room_id = m.room_id WHERE m.person_id = ?1 AND m.present = 1
       AND ${which} AND author_id <> ?1 AND author_id NOT IN (SELECT blocked_id FROM blocks WHERE person_id = ?1))`,
  )
  .join(' OR ')} AS found`

export function createForYouReads(database: Database, atOnce: AtOnce): ForYou {
  const roomsOf = (personId: string): Row[] =>
    database.all('SELECT room_id, rev FROM members WHERE person_id = ? AND present = 1', personId)

  const belowIn = (room: Row, [sentAt, roomId, seq]: Position, personId: string, limit: number): Row[] =>
    database.all(IN_ROOM, personId, String(room['room_id']), sentAt, roomId, seq, Number(room['rev']), limit)

  /** Room after room, because each is a short look, and all that was ever said to somebody is not. */
  const below = (end: Position, personId: string, limit: number): Row[] =>
    roomsOf(personId)
      .flatMap((room) => belowIn(room, end, personId, limit))
      .sort((a, b) => compare(positionOf(b), positionOf(a)))
      .slice(0, limit)

  function list({ personId, after, limit }: Parameters<ForYou['list']>[0]): Awaited<ReturnType<ForYou['list']>> {
    const found = below(position(after), personId, limit + 1)
    const messages = fitting(
      found.slice(0, limit).flatMap(({ room_id: roomId, seq }): Message[] => {
        const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', String(roomId), Number(seq))
        return row ? [toMessage(row)] : []
      }),
      bodyLength,
    )
    const last = found[messages.length - 1]
    return {
      messages,
      people: peopleById(database, messages.flatMap(spokenIn)),
      next: found.length > messages.length && last ? positionOf(last).join(' ') : null,
    }
  }

  const any = (personId: string): boolean => database.get(ANY, personId)?.['found'] === 1

  return {
    list: async (page) => atOnce(() => list(page)),
    any: async (personId) => any(personId),
  }
}

const positionOf = (row: Row): Position => [Number(row['sent_at']), String(row['room_id']), Number(row['seq'])]

const compare = ([at, roomId, seq]: Position, [otherAt, otherId, otherSeq]: Position): number =>
  at - otherAt || (roomId < otherId ? -1 : roomId > otherId ? 1 : seq - otherSeq)

/** A cursor as `next` gave it; anything else begins at the beginning. */
export function position(after = ''): Position {
  const [, at, roomId, seq] = /^(\d{1,15}) (\S+) (\d{1,15})$/.exec(after) ?? []
  return roomId === undefined ? [Number.MAX_SAFE_INTEGER, '', 0] : [Number(at), roomId, Number(seq)]
}
