import { useState, type FormEvent } from 'react'
import { NAME_LENGTH } from '../../protocol/limits.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { words } from '../ui/words.ts'
import { usePeopleActions } from './usePeople.ts'

export function Rename({ name, onClose }: { name: string; onClose: () => void }) {
  const { rename } = usePeopleActions()
  const [text, setText] = useState(name)
  const [error, setError] = useState<string | null>(null)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await rename(text)
    if (answer.ok) onClose()
    else setError(answer.error.code === 'name_taken' ? words.nameTaken(text.trim()) : answer.error.message)
  }

  return (
    <Dialog title={words.rename} onClose={onClose}>
      <form onSubmit={submit}>
        <Field
          label={words.yourName}
          value={text}
          maxLength={NAME_LENGTH}
          error={error}
          autoFocus
          onChange={({ target }) => setText(target.value)}
        />
        <Button look="ink" type="submit">
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </form>
    </Dialog>
  )
}
