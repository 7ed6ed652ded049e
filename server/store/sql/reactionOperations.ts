import { Refusal } from '../../../protocol/errors.ts'
import { REACTION_KINDS, REACTIONS } from '../../../protocol/limits.ts'
import type { Message, Poll, Reaction } from '../../../protocol/messages.ts'
import { mustBeOpen } from '../../whoWrites.ts'
import type { Store } from '../store.ts'
import { mustBeAllowedToWrite, noMessage, noRoom } from './authority.ts'
import type { Database, Row } from './database.ts'
import { mustBeEmojiHere } from './emojiOperations.ts'
import { mentionsOf, pollOf, reactionsOf, roomRowOf, toMessage, toRoom } from './queries.ts'
import { noPoll, voted } from './polls.ts'
import { createReacted, pollBy, reactionsBy, stored, storedPoll } from './reacted.ts'

/** One piece holds up others for a few milliseconds: so many messages are changed. */
const PIECE = 100

/** Reactions and votes stand on the row of their message, as it tells them: whoever reads a page asks for nothing else. */
export function createReactionOperations(
  database: Database,
  nextRev: (roomId: string) => number,
  changed: (row: Row | undefined, former?: readonly string[]) => Message,
) {
  const reacted = createReacted(database)

  function write(row: Row, reactions: readonly Reaction[], poll: Poll | undefined): Message {
    const roomId = String(row['room_id'])
    return changed(
      database.get(
        'UPDATE messages SET reactions = ?, poll = ?, rev = ? WHERE room_id = ? AND seq = ? RETURNING *',
        stored(reactions),
        storedPoll(poll),
        nextRev(roomId),
        roomId,
        Number(row['seq']),
      ),
      mentionsOf(row),
    )
  }

  const messageAt = (roomId: string, seq: number) =>
    database.get('SELECT * FROM messages WHERE room_id = ? AND seq = ? AND deleted = 0', roomId, seq)

  /** The message, for somebody who may react to it and vote in it. */
  function messageFor(personId: string, roomId: string, seq: number): Row {
    const room = roomRowOf(database, roomId)
    if (!room) throw noRoom()
    mustBeAllowedToWrite(database, roomId, personId)
    mustBeOpen(toRoom(room, ''))
    const row = messageAt(roomId, seq)
    if (!row) throw noMessage()
    return row
  }

  /** Whether anything of theirs stands on it is known without looking at it. */
  function keep(personId: string, row: Row, reactions: readonly Reaction[], poll: Poll | undefined): Message {
    const [roomId, seq] = [String(row['room_id']), Number(row['seq'])]
    const theirs = [...reactions.map(({ by }) => by), ...(poll?.votes ?? [])]
    if (theirs.some((by) => by.includes(personId))) reacted.note(personId, roomId, seq)
    else reacted.forget(roomId, seq, personId)
    return write(row, reactions, poll)
  }

  return {
    'reactions.set'({ roomId, seq, emoji, on, personId }: Parameters<Store['reactions']['set']>[0]): Message {
      const row = messageFor(personId, roomId, seq)
      const before = reactionsOf(row)
      if (on === has(before, emoji, personId)) return toMessage(row)
      if (on) mustBeEmojiHere(database, emoji)
      const after = on ? added(before, emoji, personId) : taken(before, emoji, personId)
      return keep(personId, row, after, pollOf(row))
    },

    'polls.vote'({ roomId, seq, options, personId }: Parameters<Store['polls']['vote']>[0]): Message {
      const row = messageFor(personId, roomId, seq)
      const poll = voted(pollOf(row), options, personId)
      return poll ? keep(personId, row, reactionsOf(row), poll) : toMessage(row)
    },

    'polls.close'({ roomId, seq, by }: Parameters<Store['polls']['close']>[0]): Message {
      const row = messageAt(roomId, seq)
      const poll = row && pollOf(row)
      if (!poll) throw noPoll()
      return poll.closed ? toMessage(row) : write(row, reactionsOf(row), { ...poll, closed: { by, at: Date.now() } })
    },

    /** Takes away a piece of what those reacted with and voted for who are gone. Returns whether there may be more. */
    'reactions.forgetGone'(): boolean {
      const found = database.all(
        `SELECT * FROM reacted WHERE person_id IN (SELECT id FROM people WHERE gone = 1)
         AND room_id IN (SELECT id FROM rooms WHERE kind <> 'deleted') LIMIT ${PIECE}`,
      )
      for (const one of found) {
        const [personId, roomId, seq] = [String(one['person_id']), String(one['room_id']), Number(one['seq'])]
        reacted.forget(roomId, seq, personId)
        const row = messageAt(roomId, seq)
        if (row)
          write(
            row,
            reactionsBy(reactionsOf(row), (id) => id !== personId),
            pollBy(pollOf(row), (id) => id !== personId),
          )
      }
      return found.length === PIECE
    },
  }
}

const has = (reactions: readonly Reaction[], emoji: string, personId: string): boolean =>
  reactions.some((one) => one.emoji === emoji && one.by.includes(personId))

function added(reactions: readonly Reaction[], emoji: string, personId: string): Reaction[] {
  if (reactions.reduce((sum, { by }) => sum + by.length, 0) >= REACTIONS)
    throw new Refusal('forbidden', `A message takes ${REACTIONS} reactions at most.`)
  if (reactions.some((one) => one.emoji === emoji))
    return reactions.map((one) => (one.emoji === emoji ? { emoji, by: [...one.by, personId] } : one))
  if (reactions.length >= REACTION_KINDS)
    throw new Refusal('forbidden', `A message takes ${REACTION_KINDS} kinds of reactions at most.`)
  return [...reactions, { emoji, by: [personId] }]
}

const taken = (reactions: readonly Reaction[], emoji: string, personId: string): Reaction[] =>
  reactions
    .map((one) => (one.emoji === emoji ? { emoji, by: one.by.filter((id) => id !== personId) } : one))
    .filter(({ by }) => by.length > 0)
