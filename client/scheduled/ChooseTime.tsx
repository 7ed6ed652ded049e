import { useState, type FormEvent } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { momentOf } from '../ui/time.ts'
import { fieldOf, suggestions, timeIn } from './times.ts'
import './ChooseTime.css'

type Props = {
  title: string
  /** What the button says. */
  act: string
  /** As it is now; null for what has none yet. */
  at: number | null
  /** By the server's clock, in milliseconds. */
  now: () => number
  problem: string | null
  onChoose: (at: number) => void
  onClose: () => void
}

/** When something is to be: by one click, or to the minute. */
export function ChooseTime({ title, act, at, now, problem, onChoose, onClose }: Props) {
  const [times] = useState(() => suggestions(new Date(now())))
  const [field, setField] = useState(() => fieldOf(at ?? times.at(-1)?.at ?? now()))
  const [error, setError] = useState<string | null>(null)

  function take(event: FormEvent): void {
    event.preventDefault()
    // The box in which it was written is a form as well: it hears of this through React, and would send it now.
    event.stopPropagation()
    const chosen = timeIn(field)
    if (chosen === null || chosen <= now()) setError(more.timePassed)
    else onChoose(chosen)
  }

  return createPortal(
    <Dialog title={title} onClose={onClose}>
      <form className="choose-time" onSubmit={take}>
        <ul>
          {times.map((one) => (
            <li key={one.name}>
              <button type="button" onClick={() => onChoose(one.at)}>
                {one.name} <span>{momentOf(one.at, now())}</span>
              </button>
            </li>
          ))}
        </ul>
        <Field
          label={more.anotherTime}
          type="datetime-local"
          value={field}
          error={error}
          onChange={({ target }) => {
            setField(target.value)
            setError(null)
          }}
        />
        <Problem>{problem}</Problem>
        <DialogEnd>
          <Button onClick={onClose}>{more.cancel}</Button>
          <Button look="ink" type="submit">
            {act}
          </Button>
        </DialogEnd>
      </form>
    </Dialog>,
    // Browsers keep from everybody that a form within a form was submitted, and load the page anew.
    document.body,
  )
}
