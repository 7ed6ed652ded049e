import type { Reaction } from '../../protocol/messages.ts'
import { withDatabase } from '../socket/storage.ts'
import { createWishes, inTab, type WishShelf } from '../socket/wishes.ts'
import { more } from '../ui/moreWords.ts'
import { offer } from '../ui/toasts.ts'

/** What I want of one emoji on one message, as long as the server has not said so. */
export type Wish = { roomId: string; seq: number; emoji: string; on: boolean }

/** As it will be once my wishes are fulfilled: a kind that is there stays in its place, and a new one stands last. */
export function withWishes(reactions: readonly Reaction[], wishes: readonly Wish[], me: string): readonly Reaction[] {
  return wishes.reduce((all, { emoji, on }) => {
    const known = all.some((one) => one.emoji === emoji)
    const wished = (by: readonly string[]) => [...by.filter((id) => id !== me), ...(on ? [me] : [])]
    const next = known ? all : [...all, { emoji, by: [] }]
    return next
      .map((one) => (one.emoji !== emoji || one.by.includes(me) === on ? one : { emoji, by: wished(one.by) }))
      .filter(({ by }) => by.length > 0)
  }, reactions)
}

/** In this browser, as the outbox is: a reaction made without a connection is one all the same. */
const shelf: WishShelf<Wish> = {
  all: (owner) => withDatabase((database) => database.wishesOf(owner)).catch(() => null),
  put: (owner, wish) =>
    withDatabase((database) => database.putWish(owner, wish)).then(
      () => true,
      () => false,
    ),
  drop: (owner, wish) => withDatabase((database) => database.dropWish(owner, wish)).catch(() => {}),
  tellRefused: ({ emoji }, reason) => offer({ text: more.notReacted(emoji, reason), act: more.close, onAct() {} }),
}

export const wishesOf = inTab((connection) =>
  createWishes<Wish>(
    connection,
    ({ emoji }) => emoji,
    (wish) => connection.request('reaction:set', wish),
    shelf,
  ),
)
