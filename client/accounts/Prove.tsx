import { useState, type FormEvent } from 'react'
import type { Account, Proof } from '../../protocol/accounts.ts'
import { PASSWORD_MOST } from '../../protocol/limits.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { hasPasskeys } from './passkeys.ts'

type Props = {
  account: Account
  /** What it is for. */
  why: string
  error: string | null
  onPassword: (proof: Proof) => void
  onPasskey: () => void
  onCancel: () => void
}

/** That it is oneself, and not somebody who has found the browser. */
export function Prove({ account, why, error, onPassword, onPasskey, onCancel }: Props) {
  const [password, setPassword] = useState('')

  function submit(event: FormEvent) {
    event.preventDefault()
    if (password !== '') onPassword({ password })
  }

  const canPasskey = account.passkeys.length > 0 && hasPasskeys()
  return (
    <div className="prove">
      <p>{why}</p>
      {account.hasPassword && (
        <form onSubmit={submit}>
          <Field
            label={more.passwordNow}
            type="password"
            value={password}
            maxLength={PASSWORD_MOST}
            autoComplete="current-password"
            autoFocus
            error={error}
            onChange={({ target }) => setPassword(target.value)}
          />
          <Button look="ink" type="submit">
            {more.goOn}
          </Button>
        </form>
      )}
      {!account.hasPassword && <p role="alert">{error}</p>}
      <div className="ways">
        {canPasskey && (
          <Button look="line" autoFocus={!account.hasPassword} onClick={onPasskey}>
            {more.usePasskey}
          </Button>
        )}
        <Button onClick={onCancel}>{more.cancel}</Button>
      </div>
    </div>
  )
}
