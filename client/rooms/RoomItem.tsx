import { Link } from 'wouter'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Icon } from '../ui/Icon.tsx'
import { shortTimeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import type { RoomRow } from './useRooms.ts'

/** One room of mine in the list. Only this row is drawn again while its draft is being written. */
export function RoomItem({ room, isOpen }: { room: RoomRow; isOpen: boolean }) {
  const { id, kind, name, other, presence, unread, preview, activeAt } = room
  const draft = useStore(({ drafts }) => (isOpen ? undefined : drafts[id]))
  return (
    <li>
      <Link
        href={`/r/${id}`}
        className="item"
        aria-current={isOpen ? 'page' : undefined}
        data-unread={unread > 0 || undefined}
        data-for-you={(unread > 0 && kind === 'direct') || undefined}
      >
        {other && <Avatar person={other} presence={presence} />}
        <span className="words">
          <bdi className="name">{name}</bdi>
          <bdi className="preview">{draft ? words.draftOf(draft) : preview}</bdi>
        </span>
        <span className="end">
          <time className="when" dateTime={new Date(activeAt).toISOString()}>
            {shortTimeOf(activeAt)}
          </time>
          {draft && (
            <>
              <Icon name="pencil" />
              <span className="unseen">{words.draft}</span>
            </>
          )}
          {unread > 0 && (
            <>
              <span className="count" aria-hidden="true">
                {words.unread(unread)}
              </span>
              <span className="unseen">{words.unreadLabel(unread)}</span>
            </>
          )}
        </span>
      </Link>
    </li>
  )
}
