import { useEffect, useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { reset, whose, type ResetKey } from '../accounts/api.ts'
import { NewPassword } from '../accounts/NewPassword.tsx'
import { RecoveryCode } from '../accounts/RecoveryCode.tsx'
import { more } from '../ui/moreWords.ts'
import { Arrival, GoOn } from './Arrival.tsx'

type Props = { token: string; me: Person | null; onIn: () => void }

/** A link that somebody made for whoever has lost every way in. */
export function Reset({ token, me, onIn }: Props) {
  const [person, setPerson] = useState<Person | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    void whose({ link: token }).then((answer) =>
      answer.ok ? setPerson(answer.data) : setProblem(answer.error.message),
    )
  }, [token])

  if (person) return <ChoosePassword person={person} me={me} resetKey={{ link: token }} onIn={onIn} />
  return (
    <Arrival lit={false} title={more.welcomeBack}>
      <div className="row you">
        <p role="alert">{problem}</p>
        {problem && <GoOn />}
      </div>
    </Arrival>
  )
}

type Choosing = { person: Person; me?: Person | null; resetKey: ResetKey; onIn: () => void }

/** A new password, and then the next code, before they are in. */
export function ChoosePassword({ person, me = null, resetKey, onIn }: Choosing) {
  const [code, setCode] = useState<string | null>(null)

  async function choose(password: string): Promise<string | null> {
    const answer = await reset(resetKey, password)
    if (!answer.ok) return answer.error.message
    setCode(answer.data.code)
    return null
  }

  return (
    <Arrival lit={false} title={code === null ? more.newPasswordFor(person.name) : more.passwordSet}>
      <div className="row you">
        {code === null ? (
          <div className="back">
            {me && me.id !== person.id && <p>{more.whoYouAre(me.name)}</p>}
            <p className="fine">{more.resetMeans(person.name)}</p>
            <NewPassword name={person.name} onChosen={choose} />
          </div>
        ) : (
          <div className="back">
            <RecoveryCode code={code} onKept={onIn} />
          </div>
        )}
      </div>
    </Arrival>
  )
}
