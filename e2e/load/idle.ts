import { setTimeout as after } from 'node:timers/promises'
import { gather } from './crowd.ts'
import { createReport } from './report.ts'
import type { Experiment } from './settings.ts'
import { startOf } from './targets.ts'

/** Rooms of the place, and in how many each person is beside the one of all. */
const [ROOMS, EACH] = [100, 19]
/** What coming in leaves behind is gone by then, and what is told about it told. Milliseconds. */
const QUIET = 5_000

/** Many who are connected and silent, each in twenty rooms: what a server keeps for each, once its garbage is gone. */
export const idle: Experiment = async ({ rounds, clients, targets }) => {
  const report = createReport('idle', ['kB each', 'resident kB each', 'MB at rest', 'MB with all'])
  for (const people of clients ?? [1000, 5000]) {
    for (let round = 1; round <= rounds; round++) {
      for (const name of targets ?? ['tutorial', 'natter', 'ws']) {
        const target = await startOf(name)({ people, rooms: ROOMS, each: EACH })
        try {
          await after(QUIET)
          const before = await target.probe()
          if (!before) throw new Error('What a server elsewhere keeps in memory cannot be told.')
          const crowd = await gather(target)
          await after(QUIET)
          await target.probe()
          const since = await target.probe()
          crowd.leave()
          if (!since) throw new Error('It told once.')
          report.add({
            of: `${people.toLocaleString('en')} clients`,
            target: name,
            round,
            figures: {
              'kB each': (since.held - before.held) / people / 1000,
              'resident kB each': (since.rss - before.rss) / people / 1000,
              'MB at rest': before.rss / 1e6,
              'MB with all': since.rss / 1e6,
            },
          })
        } finally {
          await target.stop()
        }
      }
    }
  }
  console.log(`\n${report.table()}\n`)
  return { medians: report.medians() }
}
