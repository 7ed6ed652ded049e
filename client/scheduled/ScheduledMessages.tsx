import { useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { Answer } from '../../protocol/index.ts'
import type { Scheduled } from '../../protocol/scheduled.ts'
import { MessageText } from '../mentions/MessageText.tsx'
import { useRooms } from '../rooms/useRooms.ts'
import { focusTitle, Nothing, Page } from '../shell/Page.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { exactTimeOf } from '../ui/time.ts'
import { whenOf } from '../ui/whenOf.ts'
import { useLate } from '../ui/useLate.ts'
import { ChooseTime } from './ChooseTime.tsx'
import { useScheduled, useScheduling, useTakeBack } from './useScheduled.ts'
import './ScheduledMessages.css'

/** What one has to be sent later, and what could not be. */
export function ScheduledMessages() {
  const { scheduled, problem } = useScheduled()
  const { all } = useRooms()
  const isWaiting = scheduled === null && problem === null
  const waiting = useLate(isWaiting)
  return (
    <Page title={more.scheduledMessages} name="scheduled" busy={isWaiting}>
      {waiting && <Skeleton />}
      {problem && (
        <div className="row">
          <Problem>{problem}</Problem>
        </div>
      )}
      {scheduled?.length === 0 && <Nothing title={more.nothingScheduled} hint={more.howToSchedule} />}
      <ul aria-label={more.scheduledMessages}>
        {scheduled?.map((message) => (
          <One
            key={message.id}
            message={message}
            room={all.find(({ id }) => id === message.roomId)?.name ?? more.anotherRoom}
          />
        ))}
      </ul>
    </Page>
  )
}

function One({ message, room }: { message: Scheduled; room: string }) {
  const { move, sendNow, cancel, now } = useScheduling()
  const takeBack = useTakeBack(message)
  const [choosing, setChoosing] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { at, failed, body } = message

  async function settle(answer: Promise<Answer<unknown>>): Promise<boolean> {
    const { ok, ...rest } = await answer
    setProblem(ok || !('error' in rest) ? null : rest.error.message)
    if (ok) focusTitle()
    return ok
  }

  return (
    <li className="row">
      <b className="where">
        <bdi>{room}</bdi>
      </b>
      <div className="wide">
        <p dir="auto">
          <MessageText body={body} mentions={null} toYou={false} />
        </p>
        {failed === null ? (
          <p className="hint">
            <time dateTime={new Date(at).toISOString()} title={exactTimeOf(at)}>
              {more.sentAt(whenOf(at, now()))}
            </time>
          </p>
        ) : (
          <p className="problem">{more.wasNotSent(failed)}</p>
        )}
        <span className="acts">
          <Button look="line" onClick={() => void settle(sendNow(message))}>
            {more.sendNow}
          </Button>
          <Button onClick={() => setChoosing(true)}>{more.changeTime}</Button>
          <Button
            onClick={() =>
              void settle(takeBack()).then((done) => {
                if (done) navigate(`/r/${message.roomId}`)
              })
            }
          >
            {more.toTheBox}
          </Button>
          <Button look="danger" onClick={() => void settle(cancel(message))}>
            {more.takeBack}
          </Button>
        </span>
        {!choosing && <Problem>{problem}</Problem>}
      </div>
      {choosing && (
        <ChooseTime
          title={more.sendWhen}
          act={more.sendThen}
          at={at}
          now={now}
          problem={problem}
          onChoose={(chosen) =>
            void settle(move(message, chosen)).then((done) => {
              if (done) setChoosing(false)
            })
          }
          onClose={() => setChoosing(false)}
        />
      )}
    </li>
  )
}
