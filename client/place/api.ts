import type { Answer } from '../../protocol/index.ts'
import type { Person } from '../../protocol/people.ts'
import type { Join } from '../../protocol/place.ts'
import { words } from '../ui/words.ts'

export type PlaceInfo = {
  place: { name: string }
  join: Join
  /** What people call the provider of single sign-on; null where there is none. */
  signOn: string | null
  me: Person | null
  /** Whoever asks is banned, or where somebody is who is. */
  shutOut: boolean
  /** The first few of those who are here, and how many there are in all. */
  here: Person[]
  present: number
}

/** Who invites, and the room that one will land in. */
export type Invitation = { token: string; by: Person | null; room: { id: string; name: string } | null }

/** What there is to know before coming in. Rejects when the server cannot be reached. */
export async function getPlace(): Promise<PlaceInfo> {
  const response = await fetch('/api/place')
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return response.json()
}

/** Takes a name. From then on this browser is that person. */
export const comeIn = (name: string, invite?: string) => post<Person>('/api/people', { name, invite })

/** Names the place and owns it, as somebody new or as who one is. */
export const found = (founding: { token: string; place: string; name?: string }) => post<Person>('/api/owner', founding)

/** Signs this browser in as whoever has made the link. */
export const signIn = (token: string) => post<Person>('/api/sign-in', { token })

/** What the token of a link stands for. */
export async function getInvitation(token: string): Promise<Answer<Invitation>> {
  const answer = await post<Omit<Invitation, 'token'>>('/api/invite', { token })
  return answer.ok ? { ok: true, data: { ...answer.data, token } } : answer
}

export const post = <T>(path: string, body: unknown): Promise<Answer<T>> =>
  call(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })

/** Answered always, as a request is. */
export async function call<T>(path: string, what: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, what)
    const answer = await response.json()
    return response.ok ? { ok: true, data: answer } : { ok: false, error: answer.error }
  } catch {
    return { ok: false, error: { code: 'internal', message: words.unreachable } }
  }
}
