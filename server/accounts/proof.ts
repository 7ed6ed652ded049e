import type { Proof } from '../../protocol/accounts.ts'
import { Refusal } from '../../protocol/errors.ts'
import { LIST_PAGE } from '../../protocol/limits.ts'
import type { Context } from '../socket/context.ts'
import type { StoredAccount } from '../store/accounts.ts'
import { checkUsed, siteOf } from './passkeys.ts'

/**
 * Whoever comes by a provider's word alone has shown that it is them for as long as this, in milliseconds: as far as it is theirs in
 * that browser, because it may ask nobody anything who is signed in with it still.
 */
const FRESH = 10 * 60_000

/**
 * Throws unless it is the person who asks, and not somebody who has found their browser. Whoever has no way of signing in yet has
 * nothing to prove it by.
 */
export async function mustProve({ me, store, place, socket }: Context, proof: Proof | undefined): Promise<void> {
  const { guards } = place
  const account = await store.accounts.get(me.id)
  if (account.password === null && account.passkeys.length === 0)
    return mustHaveComeJustNow({ store, place, me, sessionId: socket.data.sessionId }, account)
  if (!proof) throw new Refusal('forbidden', 'Show first that it is you, by your password or a passkey.')
  // Their own sessions alone are slowed down by it.
  const takeBack = guards.attempts.begin({ kind: 'known', who: `${me.id} session` })
  if ('password' in proof) {
    if (!(await guards.passwords.matches(proof.password, account.password, true)))
      throw new Refusal('forbidden', 'That is not your password.')
  } else {
    const passkey = account.passkeys.find(({ id }) => id === proof.passkey.id) ?? null
    await checkUsed(siteOf(socket.handshake.headers, place.config), proof.passkey, passkey, (challenge) =>
      guards.challenges.take(challenge, 'prove', socket.data.sessionId),
    )
  }
  takeBack()
}

type Asking = Pick<Context, 'me' | 'store' | 'place'> & { sessionId: string }

async function mustHaveComeJustNow({ me, store, place, sessionId }: Asking, { issuers }: StoredAccount): Promise<void> {
  const { signOn } = place.guards
  if (!signOn || !issuers.includes(signOn.issuer)) return
  const session = (await store.sessions.list(me.id, LIST_PAGE)).find(({ id }) => id === sessionId)
  if (session?.way !== 'sso' || session.createdAt < Date.now() - FRESH)
    throw new Refusal('forbidden', `Sign out and come in by ${signOn.name} again first: that shows that it is you.`)
}
