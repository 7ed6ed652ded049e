import type { Person } from '../../protocol/people.ts'
import { post } from '../place/api.ts'
import { askPasskey } from './passkeys.ts'

/** What gets somebody back in who has nothing else: the code they wrote down, or a link that somebody made for them. */
export type ResetKey = { code: string } | { link: string }

export const signInByPassword = (name: string, password: string) =>
  post<Person>('/api/account/sign-in', { name, password })

/** With the passkey that the person chooses: in the browser’s own window, or from what it offers below the field for the name. */
export async function signInByPasskey(from: 'window' | 'field') {
  const options = await post<object>('/api/account/passkey-options', {})
  if (!options.ok) return options
  const passkey = await askPasskey(options.data, from)
  return passkey && post<Person>('/api/account/passkey', { passkey })
}

/** Where the browser goes to sign in with the provider, or to come in by it and this invitation. */
export const beginSignOn = (invite?: string) => post<{ url: string }>('/api/sso', { invite })

/** With what the provider has put behind the “?”. `added`: to the account of who was signed in already. */
export const finishSignOn = (query: string) =>
  post<{ person: Person; code: string | null; added: boolean }>('/api/sso/finish', { query })

/** Whose code or link it is. */
export const whose = (key: ResetKey) => post<Person>('/api/account/whose', { key })

/** From then on this browser is theirs. The code is the next one. */
export const reset = (key: ResetKey, password: string) =>
  post<{ person: Person; code: string }>('/api/account/reset', { key, password })
