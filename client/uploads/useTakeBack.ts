import { targetOf } from '../messages/drafts.ts'
import type { MessageRow } from '../messages/rows.ts'
import { useSocket } from '../socket/useSocket.ts'
import { putBack } from './uploads.ts'

/** What is not sent goes back into the box beside it, whole: with its files, and as an answer to what it answers. */
export function useTakeBack(onEdit: (row: MessageRow) => void): (row: MessageRow) => void {
  const { store } = useSocket()
  return (row) => {
    const { roomId, box = roomId, replyTo, files } = row.said
    void putBack(roomId, box, files)
    onEdit(row)
    if (replyTo) store.dispatch({ type: 'draft', roomId: targetOf(box), text: `${replyTo}` })
  }
}
