import { useState } from 'react'
import { Link } from 'wouter'
import type { Reminder } from '../../protocol/reminders.ts'
import { saidWith } from '../mentions/plain.ts'
import { useRooms } from '../rooms/useRooms.ts'
import { ChooseTime } from '../scheduled/ChooseTime.tsx'
import { focusTitle } from '../shell/Page.tsx'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { exactTimeOf, momentOf } from '../ui/time.ts'
import type { useReminders } from './useReminders.ts'

type Props = ReturnType<typeof useReminders>

/** What I am to be reminded of, what waits for me already first, and the way there. Nobody else sees it. */
export function Reminders({ reminders, problem, now, move, end }: Props) {
  const { all } = useRooms()
  const [moving, setMoving] = useState<Reminder | null>(null)

  async function settle(done: Promise<boolean>): Promise<void> {
    if (!(await done)) return
    setMoving(null)
    focusTitle()
  }

  return (
    <>
      {problem && (
        <div className="row">
          <Problem>{problem}</Problem>
        </div>
      )}
      {reminders && reminders.length > 0 && (
        <ul aria-label={more.reminders}>
          {reminders.map((one) => (
            <li key={`${one.roomId} ${one.seq}`}>
              <One
                reminder={one}
                room={all.find(({ id }) => id === one.roomId)?.name ?? more.anotherRoom}
                now={now()}
              />
              <div className="row">
                <p>
                  <Button look="line" onClick={() => setMoving(one)}>
                    {more.changeTime}
                  </Button>{' '}
                  <Button look="line" onClick={() => void settle(end(one.roomId, one.seq))}>
                    {more.endReminder}
                  </Button>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {moving && (
        <ChooseTime
          title={more.remindWhen}
          act={more.remindThen}
          at={moving.due ? null : moving.at}
          now={now}
          problem={problem}
          onChoose={(at) => void settle(move(moving.roomId, moving.seq, at))}
          onClose={() => setMoving(null)}
        />
      )}
    </>
  )
}

/** The way to its message. */
export function One({ reminder, room, now }: { reminder: Reminder; room: string; now: number }) {
  const people = useStore((state) => state.people)
  const { roomId, seq, authorId, text, at, due } = reminder
  return (
    <Link href={`/r/${roomId}/${seq}`} className="row" data-unread={due || undefined}>
      <b className="where">
        <bdi>{room}</bdi>
      </b>
      <span className="said">
        <span dir="auto">
          <b>
            <bdi>{people[authorId]?.name}</bdi>
          </b>{' '}
          {saidWith(people, text)}
        </span>{' '}
        <small>
          <time dateTime={new Date(at).toISOString()} title={exactTimeOf(at)}>
            {due ? more.remindedNow(momentOf(at, now)) : more.remindedAt(momentOf(at, now))}
          </time>
        </small>
      </span>
    </Link>
  )
}
