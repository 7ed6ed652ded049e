import { useState, type FormEvent } from 'react'
import { STATUS_LENGTH } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { useProfile } from '../people/useProfile.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Select } from '../ui/Select.tsx'
import { shortTimeOf } from '../ui/time.ts'
import { HOUR, MINUTE } from '../ui/spans.ts'
import { untilMidnight } from './lasting.ts'
import { Section } from '../ui/Section.tsx'

const emoji = Object.entries(more.statusEmoji).map(([sign, word]): [string, string] => [sign, `${sign} ${word}`.trim()])

const quick: [emoji: string, text: string, milliseconds: number | null, label: string][] = [
  ['🗓️', more.inMeeting, HOUR, more.forAnHour(more.inMeeting)],
  ['🍲', more.atLunch, HOUR, more.forAnHour(more.atLunch)],
  ['🌴', more.awayFor, null, more.awayFor],
]

const ends = {
  never: () => null,
  half: () => 30 * MINUTE,
  hour: () => HOUR,
  four: () => 4 * HOUR,
  today: untilMidnight,
}
type End = keyof typeof ends

/** What one is doing, for others to see. */
export function StatusSettings({ me: { status } }: { me: Person }) {
  const { change } = useProfile()
  const [sign, setSign] = useState(status?.emoji ?? '💬')
  const [text, setText] = useState(status?.text ?? '')
  const [end, setEnd] = useState<End>('never')
  const [problem, setProblem] = useState<string | null>(null)

  async function put(next: { emoji: string; text: string; milliseconds: number | null } | null) {
    const answer = await change({ status: next })
    setProblem(answer.ok ? null : answer.error.message)
    if (!answer.ok) return
    setSign(next?.emoji ?? '💬')
    setText(next?.text ?? '')
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    // An emoji that somebody begins with is the one they mean.
    const [own] = /^\p{RGI_Emoji}/v.exec(text.trim()) ?? []
    const words = own ? text.trim().slice(own.length).trim() : text
    void put({ emoji: own ?? sign, text: words, milliseconds: ends[end]() })
  }

  return (
    <Section title={more.status} problem={problem}>
      {status && (
        <p>
          <bdi>
            {status.emoji} {status.text}
          </bdi>
          {status.until && <small>{more.until(shortTimeOf(status.until))}</small>}
        </p>
      )}
      <form className="status" onSubmit={submit}>
        <Select
          label={more.emoji}
          value={sign}
          options={emoji.some(([one]) => one === sign) ? emoji : [...emoji, [sign, sign]]}
          onChange={setSign}
        />
        <Field
          label={more.statusText}
          placeholder={more.statusHint}
          value={text}
          maxLength={STATUS_LENGTH}
          onChange={({ target }) => setText(target.value)}
        />
        <Select<End>
          label={more.lasts}
          value={end}
          options={[
            ['never', more.untilCleared],
            ['half', more.halfAnHour],
            ['hour', more.oneHour],
            ['four', more.fourHours],
            ['today', more.today],
          ]}
          onChange={setEnd}
        />
        <div className="quick">
          <Button look="line" type="submit">
            {more.setStatus}
          </Button>
          {status && <Button onClick={() => void put(null)}>{more.clearStatus}</Button>}
        </div>
      </form>
      <div className="quick">
        {quick.map(([one, said, milliseconds, label]) => (
          <Button key={said} look="line" onClick={() => void put({ emoji: one, text: said, milliseconds })}>
            <span aria-hidden="true">{one}</span> {label}
          </Button>
        ))}
      </div>
    </Section>
  )
}
