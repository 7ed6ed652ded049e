import { useSyncExternalStore } from 'react'
import type { MessageRow, ShownPoll } from '../messages/rows.ts'
import { authorityOver } from '../moderation/useModeration.ts'
import { mayTakePartIn } from '../rooms/mayWrite.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { words } from '../ui/words.ts'
import { votesOf, votesWith } from './votes.ts'

/** The poll that a message is, with what I have just voted for, and what I may do with it. */
export function usePoll({ seq, author, own, said }: MessageRow) {
  const { roomId } = said
  const poll: ShownPoll = said.poll ?? { options: [], multiple: false }
  const { request } = useSocket()
  const wishes = votesOf(useSocket())
  const me = useStore((state) => state.me)
  const room = useStore(({ rooms }) => rooms[roomId]?.room ?? null)
  const takesPart = useStore((state) => mayTakePartIn(state, roomId))
  const { closed } = poll
  const closer = useStore(({ people }) => (closed?.by === me?.id ? words.you : people[closed?.by ?? '']?.name))
  // Not stored yet, it has no place at which one could vote.
  const at = { roomId, seq: seq ?? 0 }
  const wished = useSyncExternalStore(wishes.subscribe, () => wishes.of(at))
  const votes = votesWith(poll, closed ? undefined : wished.wishes[0], me?.id ?? '')
  const isMine = (by: readonly string[]) => me !== null && by.includes(me.id)
  const chosen = votes.flatMap((by, i) => (isMine(by) ? [i] : []))

  function choose(option: number): void {
    const rest = chosen.filter((one) => one !== option)
    const options = poll.multiple ? (rest.length < chosen.length ? rest : [...rest, option]) : [option]
    wishes.set({ ...at, options })
  }

  return {
    multiple: poll.multiple,
    options: poll.options.map((text, i) => ({ text, by: votes[i] ?? [], mine: isMine(votes[i] ?? []) })),
    voters: new Set(votes.flat()).size,
    /** By whom, if it is. */
    closed: closed && (closer ?? ''),
    mayVote: seq !== null && !closed && takesPart,
    mayClose: seq !== null && !closed && room !== null && (own || authorityOver(me, author, room).room),
    refused: wished.refused,
    choose,
    /** Of one answer alone: several are taken back one by one. */
    takeBack: chosen.length > 0 && !poll.multiple ? () => wishes.set({ ...at, options: [] }) : null,
    close: () => request('poll:close', at),
  }
}
