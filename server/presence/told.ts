import { randomBytes } from 'node:crypto'
import type { Presence } from '../../protocol/presence.ts'
import type { Payload } from '../../protocol/index.ts'
import { toldToMany } from '../socket/parser.ts'

/** So many changes are remembered at least: who was away for longer is told of everybody. */
const LEAST = 10_000
/** Of so few everybody is told anew with each change. */
const FEW = 50

type Greeting = Pick<Payload<'hello'>, 'presence' | 'presenceAt' | 'presenceSince'>

/** What those who come are told of who is here: whoever comes back only what is another thing than before. */
export type Told = {
  changed: (personId: string) => void
  /** Everybody is told now of all who changed. Returns up to where that is. */
  now: () => string
  /** For somebody who was told up to `then`, if that is anything. Whatever changed and is left out is about to be told to everybody. */
  to: (then: unknown) => Greeting
}

export function createTold(entries: ReadonlyMap<string, { shown: Presence | null }>): Told {
  const start = randomBytes(6).toString('base64url')
  let forgotten = 0
  let people: string[] = []
  let everybody: Greeting | null = null
  const at = () => `${start} ${forgotten + people.length}`

  function since(then: string): Greeting | null {
    const [named, count] = then.split(' ')
    const from = Number(count) - forgotten
    if (named !== start || !(from >= 0) || from > people.length) return null
    const changed = new Set(people.slice(from))
    return changed.size > entries.size ? null : { presence: presenceOf(changed), presenceAt: at(), presenceSince: then }
  }

  function presenceOf(ids: Iterable<string>): Record<string, Presence | null> {
    const presence: Record<string, Presence | null> = Object.create(null)
    for (const id of ids) presence[id] = entries.get(id)?.shown ?? null
    return presence
  }

  return {
    changed(personId) {
      people.push(personId)
      if (entries.size < FEW) everybody = null
      if (people.length < 2 * LEAST) return
      forgotten += people.length - LEAST
      people = people.slice(-LEAST)
    },
    now() {
      everybody = null
      return at()
    },
    to: (then) =>
      (typeof then === 'string' ? since(then) : null) ??
      (everybody ??= { presence: toldToMany(presenceOf(entries.keys())), presenceAt: at() }),
  }
}
