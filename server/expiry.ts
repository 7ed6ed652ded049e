import type { Place } from './socket/context.ts'

/** The clock of the machine may be set, or stand still while it sleeps: so long at most between two looks at it. Milliseconds. */
const LOOK = 60_000
/** Before what the disk did not take is tried again. Milliseconds. */
const AGAIN = 1_000

/** Ends on time what ends by itself: a status, being busy; and what should have ended while no server ran. */
export function keepTime({ store, log }: Pick<Place, 'store' | 'log'>) {
  const areas = [store.profiles, store.settings]
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const lookIn = (milliseconds: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void look(), milliseconds).unref()
  }

  /** To be called whenever something may end sooner than before. Resolves when what is over has ended. */
  async function look(): Promise<void> {
    try {
      const now = Date.now()
      const ends = (await Promise.all(areas.map((area) => area.nextEnd()))).filter((at) => at !== null)
      if (ends.some((at) => at <= now)) {
        await Promise.all(areas.map((area) => area.endUntil(now)))
        return await look()
      }
      if (ends.length > 0) lookIn(Math.min(...ends.map((at) => at - now), LOOK))
    } catch (error) {
      log.warn('nothing ended on time', { error: String(error) })
      lookIn(AGAIN)
    }
  }

  return {
    look,
    stop(): void {
      stopped = true
      clearTimeout(timer)
    },
  }
}
