import type { Place } from './socket/context.ts'

/** The clock of the machine may be set, or stand still while it sleeps: so long at most between two looks at it. Milliseconds. */
const LOOK = 60_000
/** Before what could not be done for a passing reason is tried again. Milliseconds. */
export const AGAIN = 5_000

type Clock = { timer: NodeJS.Timeout | undefined; looking: boolean; again: boolean }

type Alarm = {
  /** Does what is due by now. */
  ring: (place: Place) => Promise<void>
  /** When the next is due, or null. */
  next: (place: Place) => Promise<number | null>
  /** What is logged where it could not be done. */
  sentence: string
}

/** Does something at its time, over restarts. Returns what looks at once: to be called at the start, and when a time is another. */
export function createAlarm({ ring, next, sentence }: Alarm): (place: Place) => void {
  const clocks = new WeakMap<Place, Clock>()

  function lookIn(place: Place, milliseconds: number): void {
    const clock = clocks.get(place) ?? { timer: undefined, looking: false, again: false }
    clocks.set(place, clock)
    clearTimeout(clock.timer)
    clock.timer = setTimeout(() => void look(place, clock), milliseconds).unref()
  }

  /** Looks again when the next one is due. One look at a time: each finds what the one before it has left. */
  async function look(place: Place, clock: Clock): Promise<void> {
    if (place.work.ending) return
    if (clock.looking) {
      clock.again = true
      return
    }
    clock.looking = true
    const wait = await doDue(place).catch((error: unknown) => {
      place.log.warn(sentence, { error: String(error) })
      return AGAIN
    })
    clock.looking = false
    if (place.work.ending) return
    if (clock.again) lookIn(place, 0)
    else if (wait !== null) lookIn(place, wait)
    clock.again = false
  }

  /** Resolves to how long it is until the next look, or null if nothing is to be done. */
  async function doDue(place: Place): Promise<number | null> {
    await ring(place)
    const at = await next(place)
    return at === null ? null : Math.min(Math.max(0, at - Date.now()), LOOK)
  }

  return (place) => lookIn(place, 0)
}
