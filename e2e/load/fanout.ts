import { gather } from './crowd.ts'
import { createReport } from './report.ts'
import type { Experiment } from './settings.ts'
import { startOf } from './targets.ts'

/** Messages on their way at any time. */
const IN_FLIGHT = 64

/**
 * One room: what a server delivers when it is asked for all it can, and how long a message takes at half of what the tutorial's
 * delivered just before. Each begins anew in each round, one after the other.
 */
export const fanout: Experiment = async ({ rounds, seconds, clients, targets }) => {
  const report = createReport('fanout', ['deliveries/s', 'per CPU s', 'p50 ms', 'p99 ms'])
  for (const people of clients ?? [100, 500, 1000, 2000]) {
    for (let round = 1; round <= rounds; round++) {
      // Until somebody has shown what is half of it.
      let rate = 10
      for (const name of targets ?? ['tutorial', 'natter', 'storing', 'ws']) {
        const target = await startOf(name)({ people })
        try {
          const crowd = await gather(target)
          const full = await crowd.saturate({ inFlight: IN_FLIGHT, seconds })
          if (name === 'tutorial') rate = full.perSecond / people / 2
          const half = await crowd.pace({ rate, seconds })
          crowd.leave()
          report.add({
            of: `${people.toLocaleString('en')} clients`,
            target: name,
            round,
            figures: {
              'deliveries/s': full.perSecond,
              'per CPU s': full.perCpu,
              'per packet': full.fullness,
              'server busy': full.server,
              'load busy': full.load,
              'messages/s': rate,
              'p50 ms': half.p50,
              'p99 ms': half.p99,
              missing: full.missing + half.missing,
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
