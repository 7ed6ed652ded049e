import type { Message } from '../../protocol/messages.ts'
import type { SomeMessages } from '../../protocol/replies.ts'
import type { Timeline } from './timeline.ts'

/** What is held beside a window once these are as well, each in its newest state. */
export const withNewest = (beside: Timeline['beside'], messages: readonly Message[]): Timeline['beside'] =>
  messages.reduce((all, one) => (one.rev > (all[one.seq]?.rev ?? 0) ? { ...all, [one.seq]: one } : all), beside)

/**
 * The same with an answer of the server; null where that is older than what this tab knows of the room: something may have changed
 * in it meanwhile, and it is to be asked for again.
 */
export const withAnswer = ({ rev, beside }: Timeline, { head, messages }: SomeMessages): Timeline['beside'] | null =>
  head.rev < rev ? null : withNewest(beside, messages)

/** The message at this position, if it is held. */
export const heldAt = ({ messages, beside }: Timeline, seq: number): Message | undefined =>
  messages[seq - (messages[0]?.seq ?? 0)] ?? beside[seq]

/** Of what is held beside them, what these quote. */
export const quotedBy = (messages: readonly Message[], beside: Timeline['beside']): Timeline['beside'] =>
  withNewest(
    {},
    messages.flatMap(({ replyTo = 0 }) => beside[replyTo] ?? []),
  )
