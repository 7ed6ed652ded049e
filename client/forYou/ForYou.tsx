import { Link } from 'wouter'
import { saidOf } from '../../protocol/mentions.ts'
import { MessageText } from '../mentions/MessageText.tsx'
import { AskToNotify } from '../push/AskToNotify.tsx'
import { One } from '../reminders/Reminders.tsx'
import { useReminders } from '../reminders/useReminders.ts'
import { useRooms } from '../rooms/useRooms.ts'
import { Button } from '../ui/Button.tsx'
import { Nothing, Page } from '../shell/Page.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { exactTimeOf, shortTimeOf } from '../ui/time.ts'
import { useLate } from '../ui/useLate.ts'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { gist } from '../uploads/gist.ts'
import { useForYou } from './useForYou.ts'
import './ForYou.css'

/** Everything that was said to me, wherever it was, and the way to it. */
export function ForYou() {
  const { direct, mentions, problem, load, more: showMore } = useForYou()
  const waiting = useLate(!mentions && problem === null)
  const { reminders, now } = useReminders()
  const { all } = useRooms()
  const due = reminders?.filter((one) => one.due) ?? []
  const isEmpty = mentions?.length === 0 && direct.length === 0 && due.length === 0
  return (
    <Page title={words.forYou} name="for-you" busy={!mentions && problem === null}>
      {waiting && <Skeleton />}
      {problem && (
        <div className="row">
          <p className="problem" role="alert">
            {problem} <Button onClick={load}>{words.tryAgain}</Button>
          </p>
        </div>
      )}
      {!isEmpty && mentions && <AskToNotify />}
      {isEmpty && <Nothing title={more.allCaughtUp} hint={more.nothingForYou} />}
      <ul>
        {due.map((one) => (
          <li key={`${one.roomId} ${one.seq}`}>
            <One reminder={one} room={all.find(({ id }) => id === one.roomId)?.name ?? more.anotherRoom} now={now()} />
          </li>
        ))}
        {direct.map(({ id, name, preview, unread, activeAt }) => (
          <li key={id}>
            <Link href={`/r/${id}`} className="row" data-unread>
              <b className="where">
                <bdi>{name}</bdi>
              </b>
              <span className="said">
                <span>{preview}</span> <small>{more.unreadFromThem(unread)}</small>
              </span>
              <When at={activeAt} />
            </Link>
          </li>
        ))}
        {mentions?.map(({ message, room, author, isUnread }) => (
          <li key={`${message.roomId} ${message.seq}`}>
            <Link href={`/r/${message.roomId}/${message.seq}`} className="row" data-unread={isUnread || undefined}>
              <b className="where">
                <bdi>{room}</bdi>
              </b>
              <span className="said">
                <span dir="auto">
                  <b>
                    <bdi>{author?.name}</bdi>
                  </b>{' '}
                  <MessageText
                    body={words.asked(message.poll, saidOf(gist(message)))}
                    mentions={message.mentions ?? []}
                    toYou
                  />
                </span>
                {isUnread && <span className="unseen">{more.unreadOne}</span>}
              </span>
              <When at={message.sentAt} />
            </Link>
          </li>
        ))}
      </ul>
      {showMore && (
        <div className="row">
          <p>
            <Button onClick={showMore}>{more.more}</Button>
          </p>
        </div>
      )}
    </Page>
  )
}

const When = ({ at }: { at: number }) => (
  <time dateTime={new Date(at).toISOString()} title={exactTimeOf(at)}>
    {shortTimeOf(at)}
  </time>
)
