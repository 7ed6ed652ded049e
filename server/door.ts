import type { IncomingMessage } from 'node:http'
import { Refusal } from '../protocol/errors.ts'
import type { Person } from '../protocol/people.ts'
import { readToken } from './identity.ts'
import { looksAfter } from './policy.ts'
import { neighbourhoodFrom } from './socket/address.ts'
import type { Place } from './socket/context.ts'

/**
 * Whether the door is shut to whoever asks: in a browser of somebody who is banned, under whatever name, or from an address
 * that was shut with them. Nobody who looks after the place is ever locked out of it.
 */
export async function isShutOut(
  { store, config }: Pick<Place, 'store' | 'config'>,
  request: IncomingMessage,
  me: Person | null,
): Promise<boolean> {
  if (me && looksAfter(me)) return false
  for (const kind of ['member', 'visitor'] as const) {
    const token = readToken(config, kind, request.headers.cookie)
    if (token !== null && (await store.moderation.holdsBan(token))) return true
  }
  return store.moderation.isShut(neighbourhoodFrom(request, config))
}

export async function mustBeLetIn(place: Place, request: IncomingMessage, me: Person | null = null): Promise<void> {
  if (await isShutOut(place, request, me))
    throw new Refusal('forbidden', 'You cannot come in from here: ask whoever looks after this place.')
}
