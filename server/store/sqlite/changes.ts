import type { Change } from '../../../protocol/messages.ts'

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

/** Whose names somebody needs who is told of it. */
export function spokenOf(change: Change): string[] {
  if (change.type === 'message:changed') return [change.message.authorId]
  return change.type === 'room:changed' ? change.room.people : [change.member.personId]
}
