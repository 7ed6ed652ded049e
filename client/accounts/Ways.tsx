import type { Account } from '../../protocol/accounts.ts'
import { Button } from '../ui/Button.tsx'
import { deviceOf } from '../ui/device.ts'
import { more } from '../ui/moreWords.ts'
import { dateOf } from '../ui/time.ts'
import { hasPasskeys } from './passkeys.ts'
import { isClaimed, type Step } from './useAccount.ts'

type Props = { account: Account; name: string; onStep: (step: Step) => void }

/** What there is by now, and what can be added. */
export function Ways({ account, name, onStep }: Props) {
  const { hasPassword, hasCode, passkeys, signOn } = account
  const isLast = passkeys.length + (hasPassword ? 1 : 0) + (signOn?.linked ? 1 : 0) === 1
  return (
    <>
      {!isClaimed(account) && <p className="hint">{more.onlyHere(name)}</p>}
      <ul>
        {hasPassword && (
          <li>
            <span>{more.password}</span>
            <span className="ways">
              <Button onClick={() => onStep({ type: 'password' })}>{more.changePassword}</Button>
              {!isLast && (
                <Button
                  look="danger"
                  aria-label={more.removePassword}
                  onClick={() => onStep({ type: 'remove', way: { type: 'password' } })}
                >
                  {more.remove}
                </Button>
              )}
            </span>
          </li>
        )}
        {passkeys.map(({ id, agent, createdAt, usedAt }) => {
          const device = more.deviceCalled(deviceOf(agent))
          return (
            <li key={id}>
              <span>
                {more.passkeyOf(device)}
                <small>{more.passkeyFacts(dateOf(createdAt), usedAt === null ? null : dateOf(usedAt))}</small>
              </span>
              {!isLast && (
                <Button
                  look="danger"
                  aria-label={more.removePasskey(device, dateOf(createdAt))}
                  onClick={() => onStep({ type: 'remove', way: { type: 'passkey', id } })}
                >
                  {more.remove}
                </Button>
              )}
            </li>
          )
        })}
        {signOn?.linked && (
          <li>
            <span>
              {signOn.name}
              <small>{more.singleSignOn}</small>
            </span>
            {!isLast && (
              <Button
                look="danger"
                aria-label={more.removeProvider(signOn.name)}
                onClick={() => onStep({ type: 'remove', way: { type: 'sso' } })}
              >
                {more.remove}
              </Button>
            )}
          </li>
        )}
        {isClaimed(account) && (
          <li>
            <span>
              {more.code}
              {hasCode && <small>{more.hasCode}</small>}
            </span>
            <Button onClick={() => onStep({ type: 'code' })}>{more.newCode}</Button>
          </li>
        )}
      </ul>
      <div className="ways">
        {hasPasskeys() && (
          <Button look="line" onClick={() => onStep({ type: 'passkey' })}>
            {more.addPasskey}
          </Button>
        )}
        {!hasPassword && (
          <Button look="line" onClick={() => onStep({ type: 'password' })}>
            {more.addPassword}
          </Button>
        )}
        {signOn && !signOn.linked && (
          <Button look="line" onClick={() => onStep({ type: 'signOn' })}>
            {more.addProvider(signOn.name)}
          </Button>
        )}
      </div>
    </>
  )
}
