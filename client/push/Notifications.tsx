import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { useSettings, useSettingsActions } from '../settings/useSettings.ts'
import { Problem } from '../ui/Problem.tsx'
import { Section } from '../ui/Section.tsx'
import { Switch } from '../ui/Switch.tsx'
import { usePush } from './usePush.ts'

/** Whether this browser says something when Natter is not being looked at, and what is wrong if it does not. */
export function Notifications() {
  const { state, hindered, turnOn, turnOff, test } = usePush()
  const [said, setSaid] = useState<string | null>(null)

  async function tryIt() {
    const answer = await test()
    if (!answer.ok) setSaid(answer.error.message)
    else if (answer.data.sent) setSaid(more.testSent)
    else setSaid(state === 'open' ? more.obstacles.noWorker : more.testNotSent(answer.data.status))
  }

  return (
    <Section title={more.notifications}>
      <p>{hindered ? more.obstacles[hindered] : more.notificationsAre[state ?? 'off']}</p>
      {!hindered && state === null && (
        <Button look="line" onClick={() => void turnOn().then(setSaid)}>
          {more.notifyHere}
        </Button>
      )}
      {!hindered && state !== null && (
        <p className="quick">
          <Button look="line" onClick={() => void tryIt()}>
            {more.sendTest}
          </Button>
          <Button look="line" onClick={() => void turnOff().then(() => setSaid(null))}>
            {more.notifyNoMore}
          </Button>
        </p>
      )}
      <p role="status">{said}</p>
      <Choices />
    </Section>
  )
}

/** What notifications show, and when none come: on all devices. */
function Choices() {
  const settings = useSettings()
  const { change } = useSettingsActions()
  const [problem, setProblem] = useState<string | null>(null)
  if (!settings) return null
  const { showsWords, quiet } = settings

  async function put(chosen: Parameters<typeof change>[0]) {
    const answer = await change(chosen)
    setProblem(answer.ok ? null : answer.error.message)
  }
  const putQuiet = (hours: { from: number; to: number } | null) => {
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()
    return put({ quiet: hours && { ...hours, zone } })
  }

  return (
    <>
      <Switch checked={showsWords} onChange={(next) => put({ showsWords: next })}>
        {more.showsWords}
      </Switch>
      <Switch checked={quiet !== null} onChange={(next) => putQuiet(next ? NIGHT : null)}>
        {more.quietHours}
      </Switch>
      {quiet && (
        <div className="quick">
          {(['from', 'to'] as const).map((end) => (
            <Field
              key={end}
              label={more.quietEnds[end]}
              type="time"
              value={clockOf(quiet[end])}
              onChange={({ target }) => target.value && void putQuiet({ ...quiet, [end]: minuteOf(target.value) })}
            />
          ))}
        </div>
      )}
      <Problem>{problem}</Problem>
    </>
  )
}

const NIGHT = { from: 22 * 60, to: 8 * 60 }

/** 22:00 */
const clockOf = (minute: number) =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':')
const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
