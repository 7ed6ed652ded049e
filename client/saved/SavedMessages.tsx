import { Link } from 'wouter'
import { MessageText } from '../mentions/MessageText.tsx'
import { Reminders } from '../reminders/Reminders.tsx'
import { useReminders } from '../reminders/useReminders.ts'
import { useRooms } from '../rooms/useRooms.ts'
import { ListPage } from '../shell/ListPage.tsx'
import { focusTitle, Nothing } from '../shell/Page.tsx'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { exactTimeOf, shortTimeOf } from '../ui/time.ts'
import { gist } from '../uploads/gist.ts'
import { useSaved } from './useSaved.ts'

/** What I keep for later, wherever it is, and the way there. Nobody else sees it. */
export function SavedMessages() {
  const { messages, letGo, ...list } = useSaved()
  const { reminders, ...reminding } = useReminders()
  const { all } = useRooms()
  const people = useStore((state) => state.people)

  async function remove(roomId: string, seq: number): Promise<void> {
    if (await letGo(roomId, seq)) focusTitle()
  }

  return (
    <ListPage title={more.savedMessages} name="for-you saved" list={list}>
      <Reminders reminders={reminders} {...reminding} />
      {messages?.length === 0 && reminders?.length === 0 && !list.showMore && (
        <Nothing title={more.nothingSaved} hint={more.howToSave} />
      )}
      <ul aria-label={more.savedMessages}>
        {messages?.map(({ roomId, seq, authorId, body, poll, files, mentions, sentAt }) => (
          <li key={`${roomId} ${seq}`}>
            <Link href={`/r/${roomId}/${seq}`} className="row">
              <b className="where">
                <bdi>{all.find(({ id }) => id === roomId)?.name}</bdi>
              </b>
              <span className="said">
                <span dir="auto">
                  <b>
                    <bdi>{people[authorId]?.name}</bdi>
                  </b>{' '}
                  <MessageText
                    body={words.asked(poll, gist({ body, files }))}
                    mentions={mentions ?? []}
                    toYou={false}
                  />
                </span>
              </span>
              <time dateTime={new Date(sentAt).toISOString()} title={exactTimeOf(sentAt)}>
                {shortTimeOf(sentAt)}
              </time>
            </Link>
            <div className="row">
              <p>
                <Button look="line" onClick={() => void remove(roomId, seq)}>
                  {more.letGo}
                </Button>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </ListPage>
  )
}
