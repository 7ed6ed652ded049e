import { useId, useState, type FormEvent } from 'react'
import { PASSWORD_MOST } from '../../protocol/limits.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import './NewPassword.css'

type Props = {
  /** Whose it will be: what keeps passwords wants to know. */
  name: string
  /** Resolves to why not. */
  onChosen: (password: string) => Promise<string | null>
}

/** A new password, typed once, because it can be looked at. */
export function NewPassword({ name, onChosen }: Props) {
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const hint = useId()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (password !== '') setError(await onChosen(password))
  }

  return (
    <form className="new-password" onSubmit={submit}>
      <input className="unseen" readOnly tabIndex={-1} aria-hidden autoComplete="username" value={name} />
      <div className="ask">
        <Field
          label={more.newPassword}
          type={shown ? 'text' : 'password'}
          value={password}
          maxLength={PASSWORD_MOST}
          autoComplete="new-password"
          spellCheck={false}
          autoFocus
          error={error}
          aria-describedby={hint}
          onChange={({ target }) => {
            setPassword(target.value)
            setError(null)
          }}
        />
        <Button look="ink" type="submit">
          {more.setPassword}
        </Button>
      </div>
      <p className="hint" id={hint}>
        {more.passwordHint}
      </p>
      <label>
        <input type="checkbox" checked={shown} onChange={({ target }) => setShown(target.checked)} />
        {more.showPassword}
      </label>
    </form>
  )
}
