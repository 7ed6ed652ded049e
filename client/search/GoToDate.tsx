import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { useSearch } from './useSearch.ts'

/** Leads to the first message of a day, or to the first one after it. */
export function GoToDate({ roomId }: { roomId: string }) {
  const { firstSince } = useSearch()
  const [, navigate] = useLocation()
  const [day, setDay] = useState('')
  const [problem, setProblem] = useState<string | null>(null)

  async function go(event: FormEvent): Promise<void> {
    event.preventDefault()
    const time = new Date(`${day}T00:00`).getTime()
    if (Number.isNaN(time)) return
    const answer = await firstSince(roomId, time)
    setProblem(answer.ok ? (answer.data.seq === null ? more.nothingSince : null) : answer.error.message)
    if (answer.ok && answer.data.seq !== null) navigate(`/r/${roomId}/${answer.data.seq}`)
  }

  return (
    <form onSubmit={go}>
      <Field
        label={more.goToDate}
        type="date"
        value={day}
        error={problem}
        onChange={({ target }) => {
          setDay(target.value)
          setProblem(null)
        }}
      />
      <Button look="line" type="submit" aria-disabled={day === '' || undefined}>
        {more.goThere}
      </Button>
    </form>
  )
}
