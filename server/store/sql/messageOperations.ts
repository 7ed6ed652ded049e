import { Refusal } from '../../../protocol/errors.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Store } from '../store.ts'
import { audit } from './audit.ts'
import { mustBeAllowedToWrite, noMessage, noRoom } from './authority.ts'
import type { Database, Row } from './database.ts'
import { isSame, takeFiles } from './fileOperations.ts'
import { filesIn } from './fileReads.ts'
import { repeated, sentAs } from './forwardOperations.ts'
import { insertMessage, REPEATED } from './freshRow.ts'
import { previewFor } from './linked.ts'
import { createMentions } from './mentionOperations.ts'
import type { Changes } from './gathering.ts'
import { concernsOf, isIn, mentionsOf, roomRowOf, toMessage } from './queries.ts'
import { createReacted, storedPoll } from './reacted.ts'
import { createReplies } from './replyOperations.ts'
import { pinPutBack } from './pinOperations.ts'
import { tellReminders } from './reminderOperations.ts'
import { leaveTraces } from './traces.ts'
import { hashOf } from './tokens.ts'
import { keepVersion } from './versionOperations.ts'
import { asideOf, eraseOne, withdraw, type SetAside } from './withdrawn.ts'
import { mustNotBeSoon, mustTake, WRITABLE } from './writable.ts'

const notTheirs = () => new Refusal('forbidden', 'What somebody else has said stays as they said it.')
const NEXT = `UPDATE rooms SET seq = seq + 1, rev = rev + 1, active_at = ? WHERE id = ? RETURNING seq, rev, previews, ${WRITABLE}`
const tooLate = () => new Refusal('not_found', 'It is too late to put it back.')

export type Tombstones = Pick<ReturnType<typeof createMessageOperations>, 'leaveTombstone' | 'putBack'>

type Parts = {
  nextRev: (roomId: string) => number
  /** A draft has become this message. */
  over: (message: Message) => void
  keptFor: number
}

/** What changes messages: sent, edited, deleted, which can be undone for `keptFor` milliseconds. */
export function createMessageOperations(database: Database, changes: Changes, { nextRev, over, keptFor }: Parts) {
  const { reachedBy, note } = createMentions(database)
  const { answering, repliesOf, tellFirst } = createReplies(database, changes, nextRev)
  const reacted = createReacted(database)

  function messageAt(roomId: string, seq: number): Row {
    const row = database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ?', roomId, seq)
    if (!row) throw noMessage()
    return row
  }

  /** The message as this row has it now, to be announced; `former`: whom it reached before. */
  function changed(row: Row | undefined, former?: readonly string[]): Message {
    if (!row) throw new Error('What was written is a row.')
    const message = toMessage(row)
    note(message, former)
    changes.inRoom(message.roomId, { type: 'message:changed', message })
    return message
  }

  /**
   * Nothing of what it said, nobody whom it mentioned, and nothing of where it belonged. Its files, and
   * who keeps it for later or wants to be reminded of it, are remembered for as long as it may be put back.
   */
  function leaveTombstone(known: Row, moderated: boolean): Message {
    const roomId = String(known['room_id'])
    leaveTraces(database)
    reacted.forget(roomId, Number(known['seq']))
    const message = changed(
      database.get(
        `UPDATE messages SET body = '', mentions = '', reactions = '', forwarded = '', poll = '', files = '', preview = '', reply_to = NULL, thread = NULL, concerns = '', replies = '', pinned_by = NULL,
           pinned_at = NULL, edited_at = NULL, sent_hash = NULL, deleted = 1, moderated = ?, rev = ?
         WHERE room_id = ? AND seq = ? RETURNING *`,
        moderated ? 1 : 0,
        nextRev(roomId),
        roomId,
        Number(known['seq']),
      ),
      [...mentionsOf(known), ...concernsOf(known)],
    )
    tellFirst(roomId, known['thread'] ?? null, -1)
    tellReminders(database, changes, message)
    return message
  }

  /** Nothing is put back into a room that is deleted. */
  function putBack({ roomId, seq, body, editedAt, sentHash, former, ...aside }: SetAside): Message | null {
    const known = database.get(
      'SELECT author_id FROM messages WHERE room_id = ? AND seq = ? AND deleted = 1',
      roomId,
      seq,
    )
    if (!known || !roomRowOf(database, roomId)) return null
    const authorId = String(known['author_id'])
    const reached = aside.forwarded ? [] : reachedBy({ roomId, authorId, body, here: undefined }, former)
    const still = aside.concerns.split(' ').filter((id) => isIn(database, roomId, id))
    const message = changed(
      database.get(
        `UPDATE messages SET body = ?, mentions = ?, reactions = ?, poll = ?, forwarded = ?, files = ?, preview = ?, reply_to = ?, thread = ?, concerns = ?, replies = ?, pinned_by = ?, pinned_at = ?, edited_at = ?, sent_hash = ?,
           deleted = 0, moderated = 0, rev = ?
         WHERE room_id = ? AND seq = ? RETURNING *`,
        body,
        reached.join(' '),
        ...reacted.putBack(roomId, seq, aside.reactions, aside.poll),
        aside.forwarded,
        filesIn(database, roomId, seq),
        aside.preview,
        aside.replyTo,
        aside.thread,
        still.join(' '),
        repliesOf(roomId, seq),
        ...pinPutBack(database, roomId, aside.pinned),
        editedAt,
        sentHash,
        nextRev(roomId),
        roomId,
        seq,
      ),
    )
    tellFirst(roomId, aside.thread, 1)
    tellReminders(database, changes, message)
    return message
  }

  return {
    leaveTombstone,
    putBack,
    changed,

    'messages.append'(draft: Parameters<Store['messages']['append']>[0]): Message {
      const { roomId, authorId, key, owner = authorId, looksAfter = false, here, replyTo, forward } = draft
      const { poll, files, link } = draft
      const sent = sentAs(draft)
      const known = database.get(REPEATED, owner, key)
      if (known) {
        const text = known['sent_hash'] === null ? known['body'] === sent : known['sent_hash'] === hashOf(sent)
        const same = text && known['reply_to'] === (replyTo ?? null) && (forward || isSame(known, files))
        if (known['room_id'] === roomId && (same || known['deleted'] === 1)) return toMessage(known)
        throw new Refusal(
          'conflict',
          'This message was already sent with another text, with other files, or as an answer to another one.',
        )
      }
      const { wroteAt, hasDrafts } = mustBeAllowedToWrite(database, roomId, authorId)
      const now = Date.now()
      const head = database.get(NEXT, now, roomId)
      const { slowMode, manages } = mustTake(head, { personId: authorId, looksAfter })
      if (slowMode > 0 && !manages) mustNotBeSoon(wroteAt, now, slowMode)
      const answer = answering(roomId, authorId, replyTo)
      const seq = Number(head?.['seq'])
      const { body, forwarded } = forward ? repeated(database, forward, roomId, authorId) : { body: draft.body }
      const row = insertMessage(database, {
        room_id: roomId,
        seq,
        rev: Number(head?.['rev']),
        author_id: authorId,
        owner,
        key,
        body,
        sent_at: now,
        sent_hash: sent === body ? null : hashOf(sent),
        mentions: forwarded ? '' : reachedBy({ roomId, authorId, body, here }).join(' '),
        forwarded: forwarded ? JSON.stringify(forwarded) : '',
        poll: storedPoll(poll && { ...poll, votes: poll.options.map(() => []) }),
        preview: previewFor(database, head, link),
        reply_to: answer.replyTo,
        thread: answer.thread,
        concerns: answer.concerns,
        files: takeFiles(database, { roomId, seq, authorId }, draft),
      })
      const message = changed(row)
      changes.sent()
      tellFirst(roomId, answer.thread, 1)
      if (hasDrafts) over(message)
      // Whoever writes in a room has read it up to there.
      database.run(
        'UPDATE members SET read_up_to = ?, wrote_at = ? WHERE room_id = ? AND person_id = ? AND present = 1',
        message.seq,
        now,
        roomId,
        authorId,
      )
      return message
    },

    'messages.edit'(change: Parameters<Store['messages']['edit']>[0]): Message {
      const { roomId, seq, body, looksAfter = false, here, link } = change
      const known = messageAt(roomId, seq)
      if (known['deleted'] === 1) throw noMessage()
      if (known['body'] === body) return toMessage(known)
      if (known['forwarded'] !== '') throw notTheirs()
      const room = roomRowOf(database, roomId)
      const personId = String(known['author_id'])
      mustTake(room, { personId, looksAfter })
      mustBeAllowedToWrite(database, roomId, personId)
      leaveTraces(database)
      keepVersion(database, known)
      const former = mentionsOf(known)
      const reached = reachedBy({ roomId, authorId: personId, body, here }, former)
      return changed(
        database.get(
          `UPDATE messages SET body = ?, mentions = ?, preview = ?, edited_at = ?, sent_hash = coalesce(sent_hash, ?), rev = ?
           WHERE room_id = ? AND seq = ? RETURNING *`,
          body,
          reached.join(' '),
          previewFor(database, room, link, String(known['preview'])),
          Date.now(),
          hashOf(String(known['body'])),
          nextRev(roomId),
          roomId,
          seq,
        ),
        [...former, ...concernsOf(known)],
      )
    },

    'messages.remove'({ roomId, seq, by }: Parameters<Store['messages']['remove']>[0]): Message {
      const known = messageAt(roomId, seq)
      const personId = String(known['author_id'])
      if (known['deleted'] === 1) {
        eraseOne(database, roomId, seq, by ?? personId)
        return toMessage(known)
      }
      const moderated = by !== undefined && by !== personId
      if (moderated) audit(database, { action: 'message:delete', by, personId, roomId, details: { seq } })
      withdraw(database, known, by ?? personId)
      return leaveTombstone(known, moderated)
    },

    'messages.restore'({ roomId, seq, by, looksAfter = false }: Parameters<Store['messages']['restore']>[0]): Message {
      const personId = String(messageAt(roomId, seq)['author_id'])
      const now = Date.now()
      const row = database.get(
        'DELETE FROM withdrawn WHERE room_id = ? AND seq = ? AND made_by = ? AND at > ? AND at <= ? RETURNING *',
        roomId,
        seq,
        by,
        now - keptFor,
        now,
      )
      if (!row) throw tooLate()
      if (personId === by) {
        mustTake(roomRowOf(database, roomId), { personId, looksAfter })
        mustBeAllowedToWrite(database, roomId, by)
      } else audit(database, { action: 'message:restore', by, personId, roomId, details: { seq } })
      const message = putBack(asideOf(row))
      if (!message) throw noRoom()
      return message
    },
  }
}
