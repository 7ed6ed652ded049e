import { useState } from 'react'
import type { Answer } from '../../protocol/index.ts'
import type { Alerts, Level } from '../../protocol/rooms.ts'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { HOUR } from '../ui/spans.ts'
import { momentOf } from '../ui/time.ts'
import { useAlertActions } from './usePush.ts'

/** How much of this room one hears when one is not looking. */
export function RoomAlerts({ roomId }: { roomId: string }) {
  const { setLevel, mute } = useAlertActions(roomId)
  const alerts = useStore(({ rooms }) => rooms[roomId]?.alerts)
  const [problem, setProblem] = useState<string | null>(null)
  if (!alerts) return null
  const { level, mutedUntil } = alerts
  const say = (answer: Answer<Alerts>) => setProblem(answer.ok ? null : answer.error.message)

  return (
    <section className="alerts">
      <Choice<Level>
        label={more.tellMeOf}
        value={level}
        options={[
          ['all', more.levels.all],
          ['forYou', more.levels.forYou],
          ['nothing', more.levels.nothing],
        ]}
        onChange={(next) => setLevel(next).then(say)}
      />
      {mutedUntil === null ? (
        <p className="choices">
          {more.muteFor.map(([hours, text]) => (
            <Button key={hours} look="line" onClick={() => void mute(hours * HOUR).then(say)}>
              {text}
            </Button>
          ))}
        </p>
      ) : (
        <p className="choices">
          {more.mutedUntil(momentOf(mutedUntil))}
          <Button look="line" onClick={() => void mute(0).then(say)}>
            {more.unmute}
          </Button>
        </p>
      )}
      <Problem>{problem}</Problem>
    </section>
  )
}
