import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readToken, rememberToken } from '../identity.ts'
import { appearanceOf } from '../names/names.ts'
import { sourceOf } from '../socket/address.ts'
import type { Place } from '../socket/context.ts'
import type { Source } from './attempts.ts'

/** By this a browser is known again from which somebody signed in; it signs in nobody. */
export const newBrowser = (): string => randomBytes(24).toString('base64url')

/** From now on this browser is theirs, and known again when they have signed out. */
export async function remember(
  { store, config }: Pick<Place, 'store' | 'config'>,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  personId: string,
  token: string,
): Promise<void> {
  const browser = readToken(config, 'browser', request.headers.cookie) ?? newBrowser()
  await store.accounts.mark(personId, [browser, sourceOf(request, config)])
  response.setHeader('Set-Cookie', [rememberToken(config, 'member', token), rememberToken(config, 'browser', browser)])
}

/** What tries of this name are counted by: strangers by the name and where they are, others by what they are known by. */
export async function sourcesOf(
  { store, config }: Pick<Place, 'store' | 'config'>,
  request: IncomingMessage,
  { name, personId }: { name: string; personId: string },
): Promise<{ isKnown: boolean; sources: Source[] }> {
  const [browser, address] = [readToken(config, 'browser', request.headers.cookie), sourceOf(request, config)]
  const mark = await store.accounts.marked(personId, browser === null ? [address] : [browser, address])
  if (mark !== null) return { isKnown: true, sources: [{ kind: 'known', who: `${personId} ${mark}` }] }
  const strangers: Source[] = [
    { kind: 'name', who: appearanceOf(name) },
    { kind: 'address', who: address },
  ]
  return { isKnown: false, sources: strangers }
}
