import { Link } from 'wouter'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import type { UnreadRoom } from './useCatchUp.ts'

/** What is unread in one room. Its last line is always there, so that what it counts moves nothing. */
export function UnreadLines({ room, onRead }: { room: UnreadRoom; onRead: () => void }) {
  const { id, name, kind, unread, forYou, lines, uncounted } = room
  const forMe = forYou > 0
  return (
    <section className="row unread" aria-labelledby={`unread-${id}`}>
      <h2 id={`unread-${id}`}>
        <Link href={`/r/${id}`}>
          <bdi>{name}</bdi>
        </Link>
      </h2>
      <p className="number" data-for-you={(forMe && unread > 0) || undefined}>
        {unread === 0 ? more.isRead : forMe ? more.forYouHere(forYou) : more.newHere(unread)}
      </p>
      <div className="lines" data-for-you={forMe || undefined}>
        <ul>
          {lines.map(({ seq, by, text, deleted }) => (
            <li key={seq} data-deleted={deleted || undefined}>
              {deleted ? (
                words.deleted([by], 1)
              ) : (
                <>
                  {kind !== 'direct' && <bdi className="by">{by}</bdi>} <span dir="auto">{text}</span>
                </>
              )}
            </li>
          ))}
        </ul>
        <p className="more">{room.more > 0 && <Link href={`/r/${id}`}>{more.andMore(room.more, uncounted)}</Link>}</p>
      </div>
      <div className="act">
        {unread > 0 && (
          <Button aria-label={more.markRoomRead(name)} onClick={onRead}>
            {more.markRead}
          </Button>
        )}
      </div>
    </section>
  )
}
