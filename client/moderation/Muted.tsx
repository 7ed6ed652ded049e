import { useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { exactTimeOf } from '../ui/time.ts'

/** Above the box: until when one may only read here. */
export function Muted({ roomId }: { roomId: string }) {
  const mutes = useStore((state) => state.moderation.mutes)
  const here = mutes.filter((mute) => mute.roomId === null || mute.roomId === roomId)
  if (here.length === 0) return null
  return (
    <p className="hint" role="status">
      {more.writeAgainFrom(exactTimeOf(Math.max(...here.map(({ until }) => until))))}
    </p>
  )
}
