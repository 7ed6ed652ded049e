import { useEffect, useRef, useState } from 'react'
import { finishSignOn } from '../accounts/api.ts'
import { RecoveryCode } from '../accounts/RecoveryCode.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { Arrival, GoOn } from './Arrival.tsx'

const toSettings = () => location.replace('/settings')

/** Back from the provider, with its word for who this is. */
export function Vouched({ token, onIn }: { token: string; onIn: () => void }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [code, setCode] = useState<string | null>(null)
  const begun = useRef(false)

  useEffect(() => {
    // Its word holds once.
    if (begun.current) return
    begun.current = true
    void finishSignOn(token).then((answer) => {
      if (!answer.ok) return setProblem(answer.error.message)
      const { added, code: first } = answer.data
      if (first !== null) setCode(first)
      else if (added) toSettings()
      else onIn()
    })
  }, [token, onIn])

  return (
    <Arrival lit={false} title={problem || code ? more.welcomeBack : more.oneMoment}>
      <div className="row you">
        <div className="back">
          {code !== null && <RecoveryCode code={code} onKept={toSettings} />}
          <Problem>{problem}</Problem>
          {problem && <GoOn />}
        </div>
      </div>
    </Arrival>
  )
}
