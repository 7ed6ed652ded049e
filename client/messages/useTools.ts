import { PASSING, type RefusalBody } from '../../protocol/errors.ts'
import { plainWith } from '../mentions/plain.ts'
import { authorityOver } from '../moderation/useModeration.ts'
import { mayWriteIn } from '../rooms/mayWrite.ts'
import { useSocket } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { offer } from '../ui/toasts.ts'
import { words } from '../ui/words.ts'
import { putBack } from '../unread/putBack.ts'
import { isForYou, quietFor } from '../unread/unread.ts'
import { targetOf } from './drafts.ts'
import type { MessageRow } from './rows.ts'

/** What tools do with the messages of a room. */
export function useTools(roomId: string) {
  const { store, request } = useSocket()

  /** At once; whoever did it can put it back for a while. */
  async function remove(seq: number): Promise<void> {
    const answer = await request('message:delete', { roomId, seq })
    if (!answer.ok) return say(more.notDeleted(answer.error.message), answer.error, () => remove(seq))
    offer({ text: more.messageDeleted, act: more.putItBack, onAct: () => void restore(seq) })
  }

  async function restore(seq: number): Promise<void> {
    const answer = await request('message:restore', { roomId, seq })
    if (answer.ok) store.dispatch({ type: 'stored', message: answer.data })
    else say(answer.error.message, answer.error, () => restore(seq))
  }

  return {
    unreadFrom(seq: number): void {
      const { rooms, me, moderation } = store.getState()
      const room = rooms[roomId]
      if (!room) return
      const { messages, head } = room.timeline
      const quiet = quietFor(me, moderation)
      const others = messages.filter((one) => one.seq >= seq && !quiet.includes(one.authorId) && !one.deleted)
      const forYou = others.filter((one) => isForYou(one, quiet)).length
      const unread = putBack(room.unread, seq - 1, { unread: others.length, forYou }, head.seq)
      store.dispatch({ type: 'unread', roomId, unread })
    },
    moderates({ author }: MessageRow): boolean {
      const { rooms, me } = store.getState()
      return authorityOver(me, author, rooms[roomId]?.room ?? null).room
    },
    /** Whether I may write here just now: change what I wrote, and put back what I deleted of it. */
    writes(): boolean {
      return mayWriteIn(store.getState(), roomId)
    },
    erase: (seq: number) => request('message:delete', { roomId, seq }),
    remove,
    markdownOf: ({ body }: MessageRow): string => plainWith(store.getState().people, body),
    save: (seq: number) => request('saved:set', { roomId, seq, on: true }),
    pin: (seq: number, on: boolean) => request('message:pin', { roomId, seq, on }),
    reply: (seq: number) => store.dispatch({ type: 'draft', roomId: targetOf(roomId), text: `${seq}` }),
  }
}

/** Why something was not done, and another try where that may help. */
function say(text: string, { code }: RefusalBody, again: () => Promise<void>): void {
  if (PASSING.has(code)) offer({ text, act: words.tryAgain, onAct: () => void again() })
  else offer({ text, act: more.close, onAct: () => {} })
}
