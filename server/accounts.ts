import { Router, json, type Request } from 'express'
import { z } from 'zod'
import { Assertion, Password, type Account, type accountRequests } from '../protocol/accounts.ts'
import { Refusal } from '../protocol/errors.ts'
import { RESET_LINK_MS } from '../protocol/limits.ts'
import { PersonName, type Person } from '../protocol/people.ts'
import { checkNew, checkUsed, creationOptions, requestOptions, siteOf } from './accounts/passkeys.ts'
import { mustBeGood } from './accounts/passwords.ts'
import { mustProve } from './accounts/proof.ts'
import { mustHaveProvider, type SignOn } from './accounts/signOn.ts'
import { remember, sourcesOf } from './accounts/sources.ts'
import { mustBeLetIn } from './door.ts'
import { agentOf } from './identity.ts'
import { mustBeAbove, mustBeAtLeast, mustHaveAccount } from './policy.ts'
import { sourceOf } from './socket/address.ts'
import type { Context, Handlers, Place } from './socket/context.ts'
import { formOf } from './form.ts'
import { originOf } from './socket/origin.ts'
import type { ResetKey, StoredAccount } from './store/accounts.ts'

export const handlers: Handlers<typeof accountRequests> = {
  async 'account:get'({ me, store, place }) {
    mustHaveAccount(me)
    return shown(await store.accounts.get(me.id), place.guards.signOn)
  },

  async 'account:prove'({ me, store, place, socket }) {
    mustHaveAccount(me)
    const { passkeys } = await store.accounts.get(me.id)
    const challenge = await place.guards.challenges.make('prove', socket.data.sessionId)
    return {
      options: { ...(await requestOptions(siteOf(socket.handshake.headers, place.config), challenge, passkeys)) },
    }
  },

  async 'account:password'(context, { password, proof }) {
    const { me, store, place, socket } = context
    mustHaveAccount(me)
    mustBeGood(password, me.name)
    await mustProve(context, proof)
    // Not taken back: nobody changes theirs so often that it would keep others waiting.
    place.guards.attempts.begin({ kind: 'known', who: `${me.id} change` })
    const made = await place.guards.passwords.make(password)
    const answer = await store.accounts.setPassword({ personId: me.id, password: made, keep: socket.data.sessionId })
    await noteAddress(context)
    return answer
  },

  async 'account:passkeyOptions'(context, { proof }) {
    const { me, store, place, socket } = context
    mustHaveAccount(me)
    const site = siteOf(socket.handshake.headers, place.config)
    await mustProve(context, proof)
    const { passkeys } = await store.accounts.get(me.id)
    const challenge = await place.guards.challenges.make('add', socket.data.sessionId)
    return { options: { ...(await creationOptions(site, place.settings.name, me, passkeys, challenge)) } }
  },

  async 'account:passkey'(context, { made }) {
    const { me, store, place, socket } = context
    mustHaveAccount(me)
    const { headers } = socket.handshake
    const passkey = await checkNew(siteOf(headers, place.config), made, (challenge) =>
      place.guards.challenges.take(challenge, 'add', socket.data.sessionId),
    )
    const answer = await store.accounts.addPasskey({ ...passkey, personId: me.id, agent: agentOf({ headers }) })
    await noteAddress(context)
    return answer
  },

  async 'account:signOn'(context, { proof }) {
    const { me, place, socket } = context
    mustHaveAccount(me)
    const signOn = mustHaveProvider(place)
    await mustProve(context, proof)
    const origin = originOf(socket.handshake.headers, place.config)
    return { url: await signOn.begin(origin, socket.data.sessionId, { personId: me.id }) }
  },

  async 'account:remove'(context, { way, proof }) {
    const { me, store, place } = context
    mustHaveAccount(me)
    await mustProve(context, proof)
    const issuer = place.guards.signOn?.issuer
    if (way.type !== 'sso') await store.accounts.remove(me.id, way, issuer)
    else await store.accounts.remove(me.id, { ...way, issuer: mustHaveProvider(place).issuer }, issuer)
    return {}
  },

  async 'account:code'(context, { proof }) {
    mustHaveAccount(context.me)
    await mustProve(context, proof)
    return { code: await context.store.accounts.newCode(context.me.id) }
  },

  async 'account:link'({ me, store }, { personId }) {
    mustBeAtLeast(me, 'admin')
    const [other] = await store.people.get([personId])
    if (!other || other.gone) throw new Refusal('not_found', 'No such person.')
    mustHaveAccount(other)
    mustBeAbove(me, other.role)
    // Whoever has found an owner's open browser is not let in for good.
    if (other.id === me.id) throw new Refusal('forbidden', 'Change your own password in your settings.')
    const expiresAt = Date.now() + RESET_LINK_MS
    return { token: await store.accounts.resetLink({ personId, madeBy: me.id, expiresAt }), expiresAt }
  },
}

const shown = ({ password, hasCode, passkeys, issuers }: StoredAccount, signOn: SignOn | null): Account => ({
  hasPassword: password !== null,
  hasCode,
  passkeys,
  signOn: signOn && { name: signOn.name, linked: issuers.includes(signOn.issuer) },
})

/** Whoever claims their name here is not a stranger here any more. */
const noteAddress = ({ me, store, socket, place }: Context) =>
  store.accounts.mark(me.id, [sourceOf(socket.request, place.config)])

const SignIn = z.object({ name: PersonName, password: Password })
const Key = z.union([z.object({ code: z.string().min(1).max(100) }), z.object({ link: z.string().min(1).max(64) })])
const Reset = z.object({ key: Key, password: Password })

/** Before there is a connection: coming back. */
export function routes(place: Place): Router {
  const { store, config, limits, guards } = place
  const router = Router()

  /** A request of ours within its limits, and what it says. */
  async function read<T extends z.ZodType>(request: Request, form: T): Promise<z.output<T>> {
    const said = formOf(request, config, form)
    await limits.take('requests', sourceOf(request, config))
    return said
  }

  router.post('/api/account/sign-in', json({ limit: '4kb' }), async (request, response) => {
    const { name, password } = await read(request, SignIn)
    const found = await store.people.byName(name)
    // The same work for a name that nobody has.
    const personId = found?.id ?? ''
    const [account, { isKnown, sources }] = await Promise.all([
      store.accounts.get(personId),
      sourcesOf(place, request, { name, personId }),
    ])
    const takeBack = guards.attempts.begin(...sources)
    const isRight = await guards.passwords.matches(password, account.password, isKnown)
    if (!found || !isRight || account.password === null)
      throw new Refusal('unauthorized', 'This name and this password do not belong together.')
    takeBack()
    await mustBeLetIn(place, request, found)
    const by = { password: account.password }
    const token = await store.accounts.signIn({ personId, by, agent: agentOf(request) })
    await remember(place, { request, response }, personId, token)
    response.json(found)
  })

  router.post('/api/account/passkey-options', json({ limit: '4kb' }), async (request, response) => {
    await read(request, z.object({}))
    const site = siteOf(request.headers, config)
    response.json(await requestOptions(site, await guards.challenges.make('signIn')))
  })

  router.post('/api/account/passkey', json({ limit: '64kb' }), async (request, response) => {
    const { passkey: used } = await read(request, z.object({ passkey: Assertion }))
    const passkey = await store.accounts.findPasskey(used.id)
    const counter = await checkUsed(siteOf(request.headers, config), used, passkey, (challenge) =>
      guards.challenges.take(challenge, 'signIn'),
    )
    const personId = passkey?.personId ?? ''
    const [person = null] = await store.people.get([personId])
    await mustBeLetIn(place, request, person)
    const by = { passkey: used.id, counter }
    const token = await store.accounts.signIn({ personId, by, agent: agentOf(request) })
    await remember(place, { request, response }, personId, token)
    response.json(person)
  })

  /** 160 and 256 random bits: nobody comes upon one by trying. */
  async function whose(key: ResetKey): Promise<Person> {
    const person = await store.accounts.whose(key)
    if (person) return person
    throw new Refusal(
      'not_found',
      'code' in key
        ? 'That is not a recovery code that works.'
        : 'This link has stopped working. Ask whoever sent it for a new one.',
    )
  }

  router.post('/api/account/whose', json({ limit: '4kb' }), async (request, response) => {
    const { key } = await read(request, z.object({ key: Key }))
    response.json(await whose(key))
  })

  router.post('/api/account/reset', json({ limit: '4kb' }), async (request, response) => {
    const { key, password } = await read(request, Reset)
    const owner = await whose(key)
    await mustBeLetIn(place, request, owner)
    mustBeGood(password, owner.name)
    const made = await guards.passwords.make(password)
    const { person, token, code } = await store.accounts.reset(key, { password: made, agent: agentOf(request) })
    await remember(place, { request, response }, person.id, token)
    response.json({ person, code })
  })

  return router
}
