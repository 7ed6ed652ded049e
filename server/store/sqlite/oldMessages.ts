import type { Database } from '../sql/database.ts'
import { aPieceOf, pieceOf, putIntoIndex, type Piece } from './newMessages.ts'
import { FIRST } from '../sql/said.ts'
import type { Tell } from '../sql/database.ts'

/** How far it is, is told once in so many messages. */
const TOLD = 100_000

/** Where a room is indexed next, from its newest message down, and when that one was sent. */
type Place = { roomId: string; seq: number; sentAt: number }

/** Gives numbers to what was said before there was an index, and indexes it, the newest first. */
export function createOldMessages(database: Database, tell: Tell) {
  let places: Place[] | null = null
  let [done, left] = [0, Number(database.get('SELECT sum(below - 1) AS n FROM to_index')?.['n'] ?? 0)]
  if (left > TOLD) tell('making messages searchable', { done, left })

  const placeBelow = (roomId: string, below: number): Place[] =>
    database
      .all('SELECT seq, sent_at FROM messages WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT 1', roomId, below)
      .map((row) => ({ roomId, seq: Number(row['seq']), sentAt: Number(row['sent_at']) }))

  const allPlaces = () =>
    database
      .all('SELECT room_id, below FROM to_index')
      .flatMap((row) => placeBelow(String(row['room_id']), Number(row['below'])))

  /** The messages of all rooms together, newest first; each that is taken is not among `after` any more. */
  function* newestFirst(after: Place[]): Generator<Piece & Place> {
    const first = Number(
      database.get('SELECT coalesce(min(said), ?) AS id FROM messages WHERE said IS NOT NULL', FIRST + 1)?.['id'],
    )
    for (let id = first - 1; after.length > 0;) {
      const newest = after.reduce((a, b) => (b.sentAt > a.sentAt ? b : a))
      after.splice(after.indexOf(newest), 1, ...placeBelow(newest.roomId, newest.seq))
      const row = database.get(
        'SELECT room_id, author_id, body, poll, files, preview FROM messages WHERE room_id = ? AND seq = ?',
        newest.roomId,
        newest.seq,
      )
      // What was deleted with its room is not there any more.
      if (row) yield { ...newest, ...pieceOf(row, id--) }
    }
  }

  function indexPiece(before: readonly Place[]): { count: number; after: Place[] } {
    const after = [...before]
    const piece = aPieceOf(newestFirst(after))
    for (const message of piece.reverse()) {
      const { id, roomId, seq } = message
      database.run('UPDATE messages SET said = ? WHERE room_id = ? AND seq = ?', id, roomId, seq)
      putIntoIndex(database, message)
    }
    for (const place of before) {
      const next = after.find(({ roomId }) => roomId === place.roomId)
      if (!next) database.run('DELETE FROM to_index WHERE room_id = ?', place.roomId)
      else if (next !== place)
        database.run('UPDATE to_index SET below = ? WHERE room_id = ?', next.seq + 1, place.roomId)
    }
    if (after.length === 0) database.run('DELETE FROM to_index')
    return { count: piece.length, after }
  }

  return {
    isOver: () => left === 0,
    /** As far as one transaction goes. Returns what is to be done once it is committed. */
    index(): () => void {
      const { count, after } = indexPiece(places ?? allPlaces())
      return () => {
        const before = done
        done += count
        left = after.length === 0 ? 0 : Math.max(1, left - count)
        places = after.length === 0 ? null : after
        if (left === 0) tell('everything can be searched', { messages: done })
        else if (Math.floor(before / TOLD) < Math.floor(done / TOLD)) tell('making messages searchable', { done, left })
      }
    },
  }
}
