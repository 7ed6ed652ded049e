import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Milliseconds between two looks. */
const EVERY = 10

/** How late the one thread that answers everybody was, since the last time that somebody asked. */
export function watchLoop() {
  const looks = monitorEventLoopDelay({ resolution: EVERY })
  looks.enable()
  // What is recorded is the time from look to look: on an idle machine the ten milliseconds themselves.
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - EVERY)
  return {
    /** Milliseconds: half of the looks were no later, 99 of 100, and all. */
    read() {
      const delays = { '0.5': late(looks.percentile(50)), '0.99': late(looks.percentile(99)), '1': late(looks.max) }
      looks.reset()
      return delays
    },
    close: () => void looks.disable(),
  }
}
