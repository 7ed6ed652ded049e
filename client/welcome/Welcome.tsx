import { useState, type FormEvent } from 'react'
import { NAME_LENGTH } from '../../protocol/limits.ts'
import type { PlaceInfo } from '../place/api.ts'
import { comeIn } from '../place/api.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { words } from '../ui/words.ts'
import './Welcome.css'

/** You arrive at the bottom of a conversation: one field, and you are in. */
export function Welcome({ place, join, here, present, onIn }: PlaceInfo & { onIn: () => void }) {
  const [name, setName] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim() || busy) return
    setBusy(true)
    const answer = await comeIn(name)
    setBusy(false)
    if (answer.ok) onIn()
    else setError(answer.error.code === 'name_taken' ? words.nameTaken(name.trim()) : answer.error.message)
  }

  return (
    <main className="welcome">
      <div className="hush">
        <Skeleton />
      </div>
      <div className="arrive">
        <div className="row">
          <span className="margin">
            <Mark lit={here.length > 0} />
          </span>
          <h1>
            {place.name} {here.length > 0 ? words.talking : words.quiet}
          </h1>
        </div>
        {here.length > 0 && (
          <div className="row here">
            <p>
              <span className="stack">
                {here.map((person) => (
                  <Avatar key={person.id} person={person} bare />
                ))}
              </span>
              {words.hereNow(here, present)}
            </p>
          </div>
        )}
        <div className="row you">
          <span className="margin">
            <Avatar person={{ name, tint: 4 }} />
          </span>
          {join === 'closed' ? (
            <p>{words.closed}</p>
          ) : (
            <form onSubmit={submit}>
              <div className="ask">
                <Field
                  label={words.callYou}
                  value={name}
                  maxLength={NAME_LENGTH}
                  autoComplete="nickname"
                  autoFocus
                  error={error}
                  onChange={({ target }) => {
                    setName(target.value)
                    setError(null)
                  }}
                />
                <Button look="ink" type="submit">
                  {words.comeIn}
                </Button>
              </div>
              <p className="fine">{words.fine}</p>
            </form>
          )}
        </div>
      </div>
    </main>
  )
}
