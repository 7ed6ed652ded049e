import { useEffect, useRef, useState } from 'react'
import type { Account, Proof } from '../../protocol/accounts.ts'
import { useMe } from '../people/usePeople.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Section } from '../ui/Section.tsx'
import { NewPassword } from './NewPassword.tsx'
import { fetchPasskeys, hasPasskeys } from './passkeys.ts'
import { Prove } from './Prove.tsx'
import { RecoveryCode } from './RecoveryCode.tsx'
import { canProve, type Step, type useAccount } from './useAccount.ts'
import { Ways } from './Ways.tsx'
import './SigningIn.css'

type Props = { actions: ReturnType<typeof useAccount> & { account: Account }; onChanged: () => void }

/** By what one comes back: seen, added and removed, by whoever shows that it is them. */
export function SigningIn({ actions, onChanged }: Props) {
  const { account } = actions
  const me = useMe()
  const [step, setStep] = useState<Step | null>(null)
  const [proof, setProof] = useState<Proof | null>(null)
  const [code, setCode] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [done, setDone] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const proves = canProve(account)
  useEffect(() => {
    if (hasPasskeys()) fetchPasskeys()
  }, [])

  /** What had the focus is gone with the step. */
  const stepBack = () => heading.current?.focus()

  function begin(next: Step | null) {
    if (next === null) stepBack()
    setStep(next)
    setProof(null)
    setProblem(null)
    setDone('')
    // Nobody has to show anything where there is nothing to show it by.
    if (next && next.type !== 'password' && !proves) void act(next)
  }

  function ask(what: Step, by?: Proof) {
    if (what.type === 'remove') return actions.remove(what.way, by)
    if (what.type === 'signOn') return actions.addSignOn(by)
    return what.type === 'code' ? actions.newCode(by) : actions.addPasskey(by)
  }

  async function act(what: Step, by?: Proof) {
    if (what.type === 'password') return setProof(by ?? null)
    const answer = await ask(what, by)
    settle(answer.ok ? { code: 'code' in answer.data ? answer.data.code : null } : answer.error.message)
    // What was shown once is not shown again by being tried again.
    if (!answer.ok && !proves) setStep(null)
  }

  function settle(ended: { code: string | null } | string) {
    if (typeof ended === 'string') return setProblem(ended)
    setStep(null)
    setProof(null)
    setProblem(null)
    setCode(ended.code)
    if (ended.code === null) stepBack()
    onChanged()
  }

  async function setPassword(password: string): Promise<string | null> {
    const answer = await actions.setPassword(password, proof ?? undefined)
    if (answer.ok) {
      settle(answer.data)
      setDone(more.passwordSet)
      return null
    }
    if (answer.error.code === 'invalid' || !proves) return answer.error.message
    // What was shown was not right: back to it.
    setProof(null)
    setProblem(answer.error.message)
    return null
  }

  async function prove() {
    const answer = await actions.prove()
    if (!answer.ok) setProblem(answer.error.message)
    else if (step) await act(step, answer.data)
  }

  function keep() {
    setCode(null)
    stepBack()
  }

  const proving = step !== null && proves && proof === null
  return (
    <Section title={more.signingIn} heading={heading} problem={proving ? null : problem}>
      <div className="signing-in">
        {code === null && step === null && <Ways account={account} name={me?.name ?? ''} onStep={begin} />}
        {proving && (
          <Prove
            account={account}
            why={more.proveFirst[step.type]}
            error={problem}
            onPassword={(given) => void act(step, given)}
            onPasskey={() => void prove()}
            onCancel={() => begin(null)}
          />
        )}
        {step?.type === 'password' && !proving && (
          <>
            <p className="hint">{more.signedOutElsewhere}</p>
            <NewPassword name={me?.name ?? ''} onChosen={setPassword} />
            <Button onClick={() => begin(null)}>{more.cancel}</Button>
          </>
        )}
        {code !== null && <RecoveryCode code={code} onKept={keep} />}
        <p className="unseen" role="status">
          {done}
        </p>
      </div>
    </Section>
  )
}
