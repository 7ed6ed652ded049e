import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { shortTimeOf } from '../ui/time.ts'
import { capital, words } from '../ui/words.ts'
import { HOUR, MINUTE } from '../ui/spans.ts'
import { untilMorning } from './lasting.ts'
import { Section } from '../ui/Section.tsx'
import { useSettings, useSettingsActions } from './useSettings.ts'

const choices: [label: string, milliseconds: () => number | null][] = [
  [more.halfAnHour, () => 30 * MINUTE],
  [more.oneHour, () => HOUR],
  [more.untilTomorrow, untilMorning],
  [more.untilStopped, () => null],
]

/** Whether one may be disturbed just now. */
export function BusySettings() {
  const busy = useSettings()?.busy
  const { setBusy } = useSettingsActions()
  const [problem, setProblem] = useState<string | null>(null)

  async function put(milliseconds: number | null) {
    const answer = await setBusy(milliseconds)
    setProblem(answer.ok ? null : answer.error.message)
  }

  return (
    <Section title={capital(words.presence.busy)} problem={problem}>
      <p>{busy ? more.busyUntil(busy.until === null ? null : shortTimeOf(busy.until)) : more.busyMeans}</p>
      <div className="quick">
        {choices.map(([label, milliseconds]) => (
          <Button key={label} look="line" onClick={() => void put(milliseconds())}>
            {label}
          </Button>
        ))}
        {busy && (
          <Button look="ink" onClick={() => void put(0)}>
            {more.notBusy}
          </Button>
        )}
      </div>
    </Section>
  )
}
