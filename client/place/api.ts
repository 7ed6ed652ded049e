import type { RefusalBody } from '../../protocol/errors.ts'
import type { Person } from '../../protocol/people.ts'

export type PlaceInfo = {
  place: { name: string }
  join: 'open' | 'closed'
  me: Person | null
  /** The first few of those who are here, and how many there are in all. */
  here: Person[]
  present: number
}

/** What there is to know before coming in. Rejects when the server cannot be reached. */
export async function getPlace(): Promise<PlaceInfo> {
  const response = await fetch('/api/place')
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return response.json()
}

/** Takes a name. From then on this browser is that person. */
export async function comeIn(name: string): Promise<{ ok: true; person: Person } | { ok: false; error: RefusalBody }> {
  try {
    const response = await fetch('/api/people', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    })
    const answer = await response.json()
    return response.ok ? { ok: true, person: answer } : { ok: false, error: answer.error }
  } catch {
    return { ok: false, error: { code: 'internal', message: 'Natter cannot be reached just now.' } }
  }
}
