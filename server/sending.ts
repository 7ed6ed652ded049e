import { mentionedIn } from '../protocol/code.ts'
import { isCall } from '../protocol/mentions.ts'
import type { SendMessage } from '../protocol/messages.ts'
import type { Person } from '../protocol/people.ts'
import { linkOf } from './previews/linkOf.ts'
import { looksAfter, mustBeVisible, mustCall } from './policy.ts'
import type { Place } from './socket/context.ts'
import type { Store } from './store/store.ts'

type NewMessage = Parameters<Store['messages']['append']>[0]

/** Who writes, and where. */
export type Writer = { me: Person; place: Place }

/** A message of somebody who is in that room, to be stored now or when its time has come: always asked and counted in the same way. */
export async function toStore({ me, place }: Writer, draft: SendMessage): Promise<NewMessage> {
  const { store } = place
  if (draft.forward) await mustBeVisible(store, me, draft.forward.roomId)
  // What somebody else has said calls nobody.
  const here = draft.forward ? undefined : await calledBy({ me, place }, draft)
  // What somebody else has said tells no more than they did.
  const link = draft.forward ? undefined : linkOf(draft.body, place.config)
  const filesMost = place.uploads.limits.mine
  return { ...draft, authorId: me.id, here, looksAfter: looksAfter(me), link, filesMost }
}

/** Who is here, for a text that calls them or everybody, of somebody who may; undefined for one that calls nobody anew. */
export async function calledBy(
  { me, place }: Writer,
  { roomId, body }: { roomId: string; body: string },
  called: readonly string[] = [],
): Promise<string[] | undefined> {
  if (!mentionedIn(body).some((id) => isCall(id) && !called.includes(id))) return undefined
  const room = await place.store.rooms.get(roomId)
  // Between two there is nobody else to call.
  if (!room || room.kind === 'direct') return undefined
  await mustCall(place.store, me, room)
  return Object.entries(place.board.shown()).flatMap(([id, presence]) => (presence === 'here' ? id : []))
}
