import { Link } from 'wouter'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Icon } from '../ui/Icon.tsx'
import { shortTimeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import type { RoomRow } from './useRooms.ts'
import './RoomItem.css'

/** One room of mine in the list. Only this row is drawn again while its draft is being written. */
export function RoomItem({ room, isOpen }: { room: RoomRow; isOpen: boolean }) {
  const { id, kind, name, others, presence, unread, forYou, preview, activeAt, isMuted } = room
  const other = others.length === 1 ? others[0] : undefined
  const counts = unread > 0 && (!isMuted || forYou > 0)
  const draft = useStore(({ drafts }) => (isOpen ? undefined : drafts[id]))
  return (
    <li>
      <Link
        href={`/r/${id}`}
        className="item"
        aria-current={isOpen ? 'page' : undefined}
        data-unread={counts || undefined}
        data-muted={isMuted || undefined}
        data-for-you={forYou > 0 || undefined}
      >
        {others.length > 1 ? (
          <span className="stack">
            {others.slice(0, 3).map((person) => (
              <Avatar key={person.id} person={person} bare />
            ))}
          </span>
        ) : (
          others.map((person) => <Avatar key={person.id} person={person} presence={presence} />)
        )}
        <span className="words">
          <bdi className="name">
            {name} {other?.status?.emoji}
          </bdi>
          <bdi className="preview">{draft ? words.draftOf(draft) : preview}</bdi>
        </span>
        {presence && <span className="unseen">, {words.presence[presence]}</span>}
        <span className="end">
          <time className="when" dateTime={new Date(activeAt).toISOString()}>
            {shortTimeOf(activeAt)}
          </time>
          {kind === 'private' && (
            <>
              <Icon name="lock" />
              <span className="unseen">{words.privateRoom}</span>
            </>
          )}
          {draft && (
            <>
              <Icon name="pencil" />
              <span className="unseen">{words.draft}</span>
            </>
          )}
          {isMuted && (
            <>
              <Icon name="muted" />
              <span className="unseen">{words.muted}</span>
            </>
          )}
          {counts && (
            <>
              <span className="count" aria-hidden="true">
                {words.unread(forYou || unread)}
              </span>
              <span className="unseen">{words.unreadLabel(unread, kind === 'direct' ? 0 : forYou)}</span>
            </>
          )}
        </span>
      </Link>
    </li>
  )
}
