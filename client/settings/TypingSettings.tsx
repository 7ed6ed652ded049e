import { useId, useState } from 'react'
import { more } from '../ui/moreWords.ts'
import { Switch } from '../ui/Switch.tsx'
import { Section } from '../ui/Section.tsx'
import { useSettings, useSettingsActions } from './useSettings.ts'

/** Whether it is shown that one is writing: to others, and of others. */
export function TypingSettings() {
  const settings = useSettings()
  const { change } = useSettingsActions()
  const [problem, setProblem] = useState<string | null>(null)
  const hint = useId()

  async function put(showsTyping: boolean) {
    const answer = await change({ showsTyping })
    setProblem(answer.ok ? null : answer.error.message)
  }

  return (
    <Section title={more.othersSee} problem={problem}>
      <Switch checked={settings?.showsTyping ?? true} disabled={!settings} describedBy={hint} onChange={put}>
        {more.showsTyping}
      </Switch>
      <small id={hint}>{more.showsTypingMeans}</small>
    </Section>
  )
}
