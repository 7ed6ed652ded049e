import { Refusal } from '../../../protocol/errors.ts'
import type { Forwarded, NewPoll } from '../../../protocol/messages.ts'
import { isAtLeast } from '../../ranks.ts'
import { hereOf } from './authority.ts'
import type { Database } from './database.ts'
import { isIn, roomRowOf } from './queries.ts'

type Place = { roomId: string; seq: number }

/** What is repeated of another message. */
export type Repeated = { body: string; forwarded: Forwarded }

/**
 * What this message says, to be said again in a room by somebody who sees it still. It is a copy: whoever forwards it has read it and could have written it
 * down, so what becomes of it later, here or there, is its own.
 */
export function repeated(database: Database, { roomId, seq }: Place, to: string, personId: string): Repeated {
  const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0', roomId, seq)
  const room = roomRowOf(database, roomId)
  const isSeen =
    isIn(database, roomId, personId) || (room?.['kind'] === 'public' && isAtLeast(hereOf(database, personId), 'member'))
  if (!row || !room || !isSeen) throw new Refusal('not_found', 'No such message.')
  const whose = { authorId: String(row['author_id']), sentAt: Number(row['sent_at']), from: { roomId, seq } }
  // Forwarded once more, it is still the words of whoever said it first.
  const { from, ...first } = row['forwarded'] === '' ? whose : (JSON.parse(String(row['forwarded'])) as Forwarded)
  // What comes from elsewhere told its place because everybody may know it; what comes from here may be of here alone.
  const isTold = from && (from.roomId !== roomId || room['kind'] === 'public' || roomId === to)
  return { body: String(row['body']), forwarded: { ...first, ...(isTold && { from }) } }
}

/** What a key stands for, where it is more than a text. */
export const sentAs = (draft: { body: string; forward?: Place | undefined; poll?: NewPoll | undefined }): string => {
  const { body, forward, poll } = draft
  if (forward) return JSON.stringify({ forward: [forward.roomId, forward.seq] })
  return poll ? JSON.stringify({ body, options: poll.options, multiple: poll.multiple }) : body
}
