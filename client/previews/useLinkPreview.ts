import { useState } from 'react'
import type { MessageRow } from '../messages/rows.ts'
import { authorityOver } from '../moderation/useModeration.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'

/** Where a message's link leads, until I take that away. */
export function useLinkPreview({ seq, author, own, said }: MessageRow) {
  const { request } = useSocket()
  const me = useStore((state) => state.me)
  const room = useStore(({ rooms }) => rooms[said.roomId]?.room ?? null)
  const [removed, setRemoved] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)

  async function remove(): Promise<void> {
    setRemoved(true)
    setRefused(null)
    const answer = await request('preview:remove', { roomId: said.roomId, seq: seq ?? 0 })
    if (answer.ok) return
    setRemoved(false)
    setRefused(answer.error.message)
  }

  return {
    preview: removed ? undefined : said.preview,
    mayRemove: room !== null && (own || authorityOver(me, author, room).room),
    refused,
    remove,
  }
}
