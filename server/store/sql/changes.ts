import { REACTION_NAMES } from '../../../protocol/limits.ts'
import { namedIn } from '../../../protocol/mentions.ts'
import type { Change } from '../../../protocol/changes.ts'
import type { Message } from '../../../protocol/messages.ts'

/** The revision that stamped it. */
export function revOf(change: Change): number {
  if (change.type === 'message:changed') return change.message.rev
  return change.type === 'room:changed' ? change.room.rev : change.member.rev
}

/** Two changes of one name are two states of one thing. */
export function nameOf(change: Change): string {
  if (change.type === 'message:changed') return `message ${change.message.seq}`
  return change.type === 'room:changed' ? 'room' : `member ${change.member.personId}`
}

/** Who wrote it, whose words it was, whom it names, who reacted to it or voted in it as far as they are named, whose replies it tells of, and who pinned it. */
export const spokenIn = ({ authorId, body, reactions = [], forwarded, poll, replies, pinned }: Message): string[] => [
  authorId,
  ...namedIn(body),
  ...reactions.flatMap(({ by }) => by.slice(0, REACTION_NAMES)),
  ...(forwarded ? [forwarded.authorId] : []),
  ...(poll?.votes.flatMap((by) => by.slice(0, REACTION_NAMES)) ?? []),
  ...(poll?.closed ? [poll.closed.by] : []),
  ...(replies?.by ?? []),
  ...(pinned ? [pinned.by] : []),
]

/** Whose names somebody needs who is told of it. */
export function spokenOf(change: Change): string[] {
  if (change.type === 'message:changed') return spokenIn(change.message)
  return change.type === 'room:changed' ? change.room.people : [change.member.personId]
}
