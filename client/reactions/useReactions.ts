import { useSyncExternalStore } from 'react'
import { REACTION_NAMES } from '../../protocol/limits.ts'
import type { Reaction } from '../../protocol/messages.ts'
import { nameIn } from '../mentions/plain.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { words } from '../ui/words.ts'
import { withWishes, wishesOf } from './wishes.ts'

type Message = { roomId: string; seq: number; reactions: readonly Reaction[] | undefined }

const none: readonly Reaction[] = []

/** The reactions to one message, with what I have just wished for, and how I change them. */
export function useReactions({ roomId, seq, reactions = none }: Message) {
  const wishes = wishesOf(useSocket())
  const me = useStore((state) => state.me)
  const wished = useSyncExternalStore(wishes.subscribe, () => wishes.of({ roomId, seq }))
  const all = me ? withWishes(reactions, wished.wishes, me.id) : reactions
  return {
    shown: all.map(({ emoji, by }) => ({ emoji, by, mine: me !== null && by.includes(me.id) })),
    refused: wished.refused,
    set: (emoji: string, on: boolean) => wishes.set({ roomId, seq, emoji, on }),
  }
}

/** From where one picks an emoji for a message. */
export function useReact(roomId: string) {
  const wishes = wishesOf(useSocket())
  return (seq: number, emoji: string) => wishes.set({ roomId, seq, emoji, on: true })
}

/** Once in a page: what I wished for without a connection, maybe before it was opened, is told wherever one is. */
export function useKeptReactions(): void {
  wishesOf(useSocket())
}

/** Who they are, as far as they are known here: I first, and whom I have blocked not before all others. */
export function useNames(by: readonly string[]): string[] {
  const me = useStore((state) => state.me)
  const people = useStore((state) => state.people)
  const { blocked } = useStore((state) => state.moderation)
  const rank = (id: string) => (id === me?.id ? 0 : blocked.includes(id) ? 2 : 1)
  return by
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((id) => (id === me?.id ? words.you : (nameIn(people, id) ?? [])))
    .slice(0, REACTION_NAMES)
}
