import { useEffect, useState } from 'react'
import type { Account, Proof } from '../../protocol/accounts.ts'
import type { Answer, Input } from '../../protocol/index.ts'
import { more } from '../ui/moreWords.ts'
import { useOnline } from '../socket/useOnline.ts'
import { useSocket } from '../socket/useSocket.ts'
import { askPasskey, makePasskey } from './passkeys.ts'

type RemovedWay = Input<'account:remove'>['way']
/** What somebody is about to change. */
export type Step = { type: 'password' | 'passkey' | 'signOn' | 'code' } | { type: 'remove'; way: RemovedWay }

const cancelled = { ok: false, error: { code: 'forbidden', message: more.noPasskeyHere } } as const

/** There is something that they can show. */
export const canProve = ({ hasPassword, passkeys }: Account): boolean => hasPassword || passkeys.length > 0

export const isClaimed = (account: Account): boolean => canProve(account) || account.signOn?.linked === true

/** By what one can sign in, and what changes that. Null until it is known. */
export function useAccount() {
  const { request } = useSocket()
  const online = useOnline()
  const [account, setAccount] = useState<Account | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  async function load(): Promise<void> {
    const answer = await request('account:get', {})
    if (answer.ok) setAccount(answer.data)
    setProblem(answer.ok ? null : answer.error.message)
  }
  // What could not be had without a connection comes with it.
  useEffect(() => {
    if (online || account === null) void load()
  }, [online])

  async function andLoad<T>(asking: Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await asking
    if (answer.ok) await load()
    return answer
  }

  return {
    account,
    problem,
    /** By the passkey that the person chooses. */
    async prove(): Promise<Answer<Proof>> {
      const answer = await request('account:prove', {})
      if (!answer.ok) return answer
      const passkey = await askPasskey(answer.data.options)
      return passkey ? { ok: true, data: { passkey } } : cancelled
    },
    setPassword: (password: string, proof?: Proof) => andLoad(request('account:password', { password, proof })),
    addPasskey: (proof?: Proof) =>
      andLoad(
        (async () => {
          const answer = await request('account:passkeyOptions', { proof })
          if (!answer.ok) return answer
          const made = await makePasskey(answer.data.options)
          return made ? request('account:passkey', { made }) : cancelled
        })(),
      ),
    /** The page is left for the provider, and comes back. */
    async addSignOn(proof?: Proof) {
      const answer = await request('account:signOn', { proof })
      if (answer.ok) location.assign(answer.data.url)
      return answer
    },
    remove: (way: RemovedWay, proof?: Proof) => andLoad(request('account:remove', { way, proof })),
    newCode: (proof?: Proof) => andLoad(request('account:code', { proof })),
  }
}
