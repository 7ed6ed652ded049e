import { setTimeout as after } from 'node:timers/promises'
import type { Chance } from '../chance.ts'
import type { Keys } from '../keys.ts'
import type { Person } from './proof.ts'

type Talk = { roomId: string; keys: Keys; time: number; chance: Chance; signal: AbortSignal }

/** Messages of one person in a second, on the average: a quarter of what Natter allows. */
const RATE = 1.5
/** More than this do not wait in one outbox: who is cut off for long does not talk to themselves. */
const WAITING = 6
/** Every so many milliseconds somebody may say something. */
const TICK = 10

/** Everybody says something now and then. Notes what was acknowledged too early, and how long anybody lacked something. */
export async function talk(persons: readonly Person[], { roomId, keys, time, chance, signal }: Talk) {
  const since = performance.now()
  const recoveries: number[] = []
  const asked = new Set<number>()
  const answers: Promise<boolean | null>[] = []
  const wholeAt = new Map(persons.map((person) => [person, since]))

  /** Who is told that a message is stored asks for it at once, on another connection. Null where nobody answers. */
  async function isThere({ line }: Person, number: number): Promise<boolean | null> {
    const page = await line.tryOnce('message:list', { roomId, limit: 100 })
    return page && page.messages.some((message) => keys.numberOf(message) === number)
  }

  function look(person: Person): void {
    const { participant } = person
    for (const number of participant.acked.keys()) {
      if (asked.has(number)) continue
      asked.add(number)
      answers.push(isThere(person, number))
    }
    const whole = wholeAt.get(person) ?? 0
    const now = performance.now()
    if (!participant.isSynced()) return
    // A tick or two is how long it takes to look, not to recover.
    if (now - whole > 5 * TICK) recoveries.push(now - whole)
    wholeAt.set(person, now)
  }

  for (let now = since; now - since < time && !signal.aborted;) {
    const before = now
    now = performance.now()
    for (const person of persons) {
      if (chance.happens((RATE * (now - before)) / 1_000) && person.participant.waiting() < WAITING)
        person.participant.say()
      look(person)
    }
    await after(TICK)
  }
  const seconds = (performance.now() - since) / 1_000
  const known = (await Promise.all(answers)).filter((there) => there !== null)
  return { seconds, recoveries, looked: known.length, early: known.filter((there) => !there).length }
}
