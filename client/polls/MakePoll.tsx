import { useState, type FormEvent } from 'react'
import { createPortal } from 'react-dom'
import { MESSAGE_LENGTH, POLL_LEAST, POLL_MOST, POLL_OPTION_LENGTH } from '../../protocol/limits.ts'
import type { NewPoll } from '../../protocol/messages.ts'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { isPoll, type Asked } from './asked.ts'
import css from './MakePoll.css?inline'

adopt(css)

type Props = {
  begun: Asked
  /** Says why, if it cannot be taken. */
  onAsk: (question: string, poll: NewPoll) => string | null
  onClose: () => void
}

/** A question and what one may answer. There is always one more field than was filled, as long as there may be. */
export function MakePoll({ begun, onAsk, onClose }: Props) {
  const [question, setQuestion] = useState(begun.question)
  const [options, setOptions] = useState<readonly string[]>(begun.options)
  const [multiple, setMultiple] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const fields = Math.min(POLL_MOST, Math.max(POLL_LEAST, options.findLastIndex((option) => option.trim() !== '') + 2))

  function submit(event: FormEvent): void {
    event.preventDefault()
    // The box that the command was written in is a form as well.
    event.stopPropagation()
    const given = options.map((option) => option.trim()).filter(Boolean)
    if (!question.trim()) return setProblem(more.needsQuestion)
    if (!isPoll(given)) return setProblem(more.needsOptions)
    const refused = onAsk(question.trim(), { options: given, multiple })
    if (refused) setProblem(refused)
    else onClose()
  }

  return createPortal(
    <Dialog title={more.makePoll} onClose={onClose}>
      <form className="make-poll" onSubmit={submit}>
        <Field
          label={more.question}
          value={question}
          maxLength={MESSAGE_LENGTH}
          autoFocus
          onChange={({ target }) => setQuestion(target.value)}
        />
        {Array.from({ length: fields }, (_, i) => (
          <Field
            key={i}
            label={more.option(i + 1)}
            value={options[i] ?? ''}
            maxLength={POLL_OPTION_LENGTH}
            onChange={({ target }) =>
              setOptions(Array.from({ length: fields }, (_, at) => (at === i ? target.value : (options[at] ?? ''))))
            }
          />
        ))}
        <label className="switch">
          <input type="checkbox" checked={multiple} onChange={({ target }) => setMultiple(target.checked)} />
          {more.severalAnswers}
        </label>
        <Problem>{problem}</Problem>
        <DialogEnd>
          <Button onClick={onClose}>{more.cancel}</Button>
          <Button look="ink" type="submit">
            {more.askIt}
          </Button>
        </DialogEnd>
      </form>
    </Dialog>,
    document.body,
  )
}
