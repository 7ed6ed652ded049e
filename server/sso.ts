import { Router, json } from 'express'
import { z } from 'zod'
import { Refusal } from '../protocol/errors.ts'
import { NAME_LENGTH } from '../protocol/limits.ts'
import { mustHaveProvider, type Vouched } from './accounts/signOn.ts'
import { newBrowser, remember } from './accounts/sources.ts'
import { mustBeLetIn } from './door.ts'
import { agentOf, readToken, rememberToken, sessionOf } from './identity.ts'
import { normaliseName } from './names/names.ts'
import { joinOf } from './policy.ts'
import { sourceOf } from './socket/address.ts'
import type { Place } from './socket/context.ts'
import { formOf } from './form.ts'
import { originOf } from './socket/origin.ts'
import type { Store } from './store/store.ts'

const Begin = z.object({ invite: z.string().min(1).max(64).optional() })
/** What the provider has put behind the “?” of /sso. */
const Finish = z.object({ query: z.string().max(8_000) })

/** Coming in, or back, by the word of a provider (single sign-on). */
export function routes(place: Place): Router {
  const { store, config, limits } = place
  const router = Router()

  /** Where the browser goes. It is known by a cookie when it comes back. */
  router.post('/api/sso', json({ limit: '4kb' }), async (request, response) => {
    const { invite } = formOf(request, config, Begin)
    // Not as often as other requests: each takes one of the places of those who are on their way.
    await limits.take('joins', sourceOf(request, config))
    const signOn = mustHaveProvider(place)
    const browser = readToken(config, 'browser', request.headers.cookie) ?? newBrowser()
    const url = await signOn.begin(originOf(request.headers, config), browser, { invite })
    response.setHeader('Set-Cookie', rememberToken(config, 'browser', browser)).json({ url })
  })

  router.post('/api/sso/finish', json({ limit: '16kb' }), async (request, response) => {
    const { query } = formOf(request, config, Finish)
    await limits.take('requests', sourceOf(request, config))
    const { cookie } = request.headers
    const session = await sessionOf(store, config, cookie)
    const theirs = { session: session?.id ?? null, browser: readToken(config, 'browser', cookie) }
    const vouched = await mustHaveProvider(place).finish(query, theirs)
    const { aim, identity } = vouched
    if ('personId' in aim) {
      const { code } = await store.identities.add({ personId: aim.personId, sessionId: session?.id ?? '', identity })
      return void response.json({ person: session?.person, code, added: true })
    }
    const known = await store.identities.find(identity)
    await mustBeLetIn(place, request, known)
    const agent = agentOf(request)
    const entered = known
      ? await store.identities.enter({ identity, agent })
      : await newcomer(vouched, aim.invite, agent)
    // Whoever is here comes into the rooms that the link leads to, if it still does.
    if (known && aim.invite !== undefined) await acceptIfUsable(store, aim.invite, known.id)
    await remember(place, { request, response }, entered.person.id, entered.token)
    response.status(known ? 200 : 201).json({ person: entered.person, code: null, added: false })
  })

  /** Under the first name that is free: nobody is asked anything, and it can be changed. */
  async function newcomer({ identity, names }: Vouched, invite: string | undefined, agent: string) {
    const join = config.OIDC_JOIN ?? joinOf(place)
    if (join === 'closed') throw new Refusal('forbidden', 'This place is closed to newcomers.')
    if (join === 'invite' && invite === undefined)
      throw new Refusal('forbidden', 'People come in here by invitation. Ask somebody who is in for a link.')
    for (const name of candidates(await names())) {
      try {
        return await store.identities.enter({ identity, agent, newcomer: { name, invite } })
      } catch (error) {
        if (!(error instanceof Refusal) || (error.code !== 'name_taken' && error.code !== 'invalid')) throw error
      }
    }
    throw new Refusal(
      'name_taken',
      'Somebody here already has a name like yours. Ask them, or who looks after this place.',
    )
  }

  return router
}

/** As they are called elsewhere, as far as that can be a name here; or with a number that nobody has yet. */
function candidates(names: string[]): string[] {
  const [first = 'Newcomer', ...others] = names.flatMap(visible)
  const numbered = Array.from({ length: 98 }, (_, i) => `${cut(first, NAME_LENGTH - 3)} ${i + 2}`)
  return [...[first, ...others].map((name) => cut(name, NAME_LENGTH)), ...numbered]
}

/** Without what nobody sees, such as joiners between letters; nothing where no name is left. */
function visible(name: string): string[] {
  try {
    return [normaliseName(name.replace(/\p{Default_Ignorable_Code_Point}/gu, ''), Infinity)]
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

function cut(name: string, most: number): string {
  const letters = [...name]
  while (letters.join('').length > most) letters.pop()
  return letters.join('').trim()
}

async function acceptIfUsable(store: Store, invite: string, personId: string): Promise<void> {
  await store.invites.accept(invite, personId).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}
