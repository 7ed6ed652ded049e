import { useSyncExternalStore } from 'react'
import { writtenWith } from '../mentions/tokens.ts'
import type { Connection } from '../socket/connect.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { backFrom } from './byHand.ts'
import {
  closeField,
  editsIn,
  getHere,
  hearHere,
  openField,
  savedAs,
  setProblem,
  writtenAs,
  type Edit,
} from './edits.ts'
import { sendable } from './outbox.ts'
import { isAtEnd, isAtStart } from './timeline.ts'

/** So many pages at most are looked through for one's own last message. */
const PAGES = 6

type Named = { seq: number; body: string }

export type EditActions = ReturnType<typeof actionsIn>

/** What is done with messages that are edited. */
export function useEditActions(roomId: string): EditActions {
  return actionsIn(roomId, useSocket())
}

function actionsIn(roomId: string, { store, load }: Connection) {
  const write = (seq: number, text: string) => store.dispatch({ type: 'draft', roomId: writtenAs(roomId, seq), text })
  const keepToSave = (seq: number, text: string) =>
    store.dispatch({ type: 'draft', roomId: savedAs(roomId, seq), text })

  function begin({ seq, body }: Named, from: HTMLElement | null): void {
    const name = writtenAs(roomId, seq)
    const { drafts } = store.getState()
    write(seq, drafts[name] ?? writtenWith(store.getState(), drafts[savedAs(roomId, seq)] ?? body))
    keepToSave(seq, '')
    setProblem(name, null)
    openField(name, backFrom(from))
  }

  function close(seq: number): void {
    const from = closeField(writtenAs(roomId, seq))
    write(seq, '')
    if (from?.isConnected) from.focus()
  }

  return {
    begin,
    leave(seq: number): void {
      keepToSave(seq, '')
      close(seq)
    },
    write(seq: number, text: string): void {
      setProblem(writtenAs(roomId, seq), null)
      write(seq, text)
    },
    /** `text`: with whom it names. The same text again changes nothing. */
    save({ seq, body }: Named, text: string): void {
      const next = sendable(text)
      if (next !== body) keepToSave(seq, next)
      close(seq)
    },
    /** My last message in this room that is not deleted, wherever it is. */
    async beginLast(from: HTMLElement): Promise<void> {
      const timeline = () => store.getState().rooms[roomId]?.timeline
      const now = timeline()
      if (now && !isAtEnd(now)) await load(roomId, 'newest')
      for (let page = 0; page <= PAGES; page++) {
        const { me } = store.getState()
        const held = timeline()
        const mine = held?.messages.findLast(
          ({ authorId, deleted, forwarded }) => authorId === me?.id && !deleted && !forwarded,
        )
        if (mine) return begin(mine, from)
        if (!held || isAtStart(held)) return
        await load(roomId, 'older')
      }
    },
  }
}

/** The messages of a room that are being edited, whether their fields were opened here, and why what is in them is not saved. */
export function useEdits(roomId: string) {
  const drafts = useStore((state) => state.drafts)
  const { opened, problems } = useSyncExternalStore(hearHere, getHere)
  const kept = editsIn(drafts).filter((edit) => edit.roomId === roomId)
  const isOpen = ({ seq, state }: Edit) => state === 'open' || !(writtenAs(roomId, seq) in drafts)
  // A field that was emptied is there still.
  const emptied = Object.keys(opened).flatMap((name): Edit[] => {
    const [room = '', seq] = name.split('/')
    const isKept = kept.some((one) => one.seq === Number(seq))
    return room === roomId && !isKept ? [{ roomId, seq: Number(seq), text: '', state: 'open' }] : []
  })
  return [...kept.filter(isOpen), ...emptied].map((edit) => {
    const name = writtenAs(roomId, edit.seq)
    return { ...edit, begun: name in opened, problem: problems[name] ?? null }
  })
}

export type ShownEdit = ReturnType<typeof useEdits>[number]
