import { useEffect, useState, type FormEvent } from 'react'
import type { Answer } from '../../protocol/index.ts'
import { NAME_LENGTH, PASSWORD_MOST } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { signInByPasskey, signInByPassword, whose } from '../accounts/api.ts'
import { SignOn } from '../accounts/SignOn.tsx'
import { hasPasskeys, offersPasskeys, stopOffering } from '../accounts/passkeys.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { Arrival } from './Arrival.tsx'
import { ChoosePassword } from './Reset.tsx'

type Props = {
  /** What people call the provider that vouches for them, if there is one. */
  signOn: string | null
  onIn: () => void
  onNew: () => void
}

/** Coming back: by a passkey, by name and password, or by what was written down. */
export function BeenHere({ signOn, onIn, onNew }: Props) {
  const [by, setBy] = useState<'password' | 'code'>('password')
  const [found, setFound] = useState<{ person: Person; code: string } | null>(null)
  if (found) return <ChoosePassword person={found.person} resetKey={{ code: found.code }} onIn={onIn} />
  return (
    <Arrival lit={false} title={more.welcomeBack}>
      <div className="row you">
        {by === 'password' ? (
          <ByPassword onIn={onIn} />
        ) : (
          <ByCode onFound={(person, code) => setFound({ person, code })} />
        )}
        {signOn && <SignOn name={signOn} />}
        <p className="fine">{more.noWayIn}</p>
        <p className="fine others">
          <button type="button" className="quiet-link" onClick={() => setBy(by === 'code' ? 'password' : 'code')}>
            {by === 'code' ? more.usePassword : more.useCode}
          </button>
          <button type="button" className="quiet-link" onClick={onNew}>
            {more.imNew}
          </button>
        </p>
      </div>
    </Arrival>
  )
}

function ByPassword({ onIn }: { onIn: () => void }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { error, settle, clear } = useOutcome<Person>(onIn)

  // Where the browser offers passkeys below the field, choosing one is all there is to do.
  useEffect(() => {
    let shown = true
    void offersPasskeys().then((offers) => {
      if (offers && shown) void byPasskey('field')
    })
    return () => {
      shown = false
      if (hasPasskeys()) stopOffering()
    }
  }, [])

  async function byPasskey(from: 'window' | 'field') {
    const answer = await signInByPasskey(from)
    // Nobody has to hear that nothing was chosen from what was only offered.
    if (answer || from === 'window') settle(answer ?? { ok: false, error: { message: more.noPasskeyUsed } })
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim() !== '' && password !== '') settle(await signInByPassword(name, password))
  }

  return (
    <form className="back" onSubmit={submit}>
      <Field
        label={more.name}
        value={name}
        maxLength={NAME_LENGTH}
        autoComplete="username webauthn"
        autoFocus
        onChange={({ target }) => setName(target.value)}
      />
      <Field
        label={more.password}
        type="password"
        value={password}
        maxLength={PASSWORD_MOST}
        autoComplete="current-password"
        error={error}
        onChange={({ target }) => {
          setPassword(target.value)
          clear()
        }}
      />
      <div className="others">
        <Button look="ink" type="submit">
          {more.signInHere}
        </Button>
        {hasPasskeys() && (
          <Button look="line" onClick={() => void byPasskey('window')}>
            {more.usePasskey}
          </Button>
        )}
      </div>
    </form>
  )
}

function ByCode({ onFound }: { onFound: (person: Person, code: string) => void }) {
  const [code, setCode] = useState('')
  const { error, settle, clear } = useOutcome<Person>((person) => onFound(person, code))

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (code.trim() !== '') settle(await whose({ code }))
  }

  return (
    <form className="back" onSubmit={submit}>
      <Field
        label={more.code}
        value={code}
        maxLength={100}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
        error={error}
        onChange={({ target }) => {
          setCode(target.value)
          clear()
        }}
      />
      <p className="fine">{more.codeIs}</p>
      <Button look="ink" type="submit">
        {more.goOn}
      </Button>
    </form>
  )
}

/** What came of it: in, or why not in words. */
function useOutcome<T>(onDone: (data: T) => void) {
  const [error, setError] = useState<string | null>(null)
  return {
    error,
    clear: () => setError(null),
    settle(answer: Answer<T> | { ok: false; error: { message: string } }) {
      if (answer.ok) onDone(answer.data)
      else setError(answer.error.message)
    },
  }
}
