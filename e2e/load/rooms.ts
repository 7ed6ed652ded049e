import { gather } from './crowd.ts'
import { createReport } from './report.ts'
import type { Experiment } from './settings.ts'
import { startOf } from './targets.ts'

/** People, rooms, and in how many of these each person is: rooms of a hundred, and rooms of ten. */
const PLACES = [
  { people: 500, rooms: 100, each: 20 },
  { people: 500, rooms: 1000, each: 20 },
]
const IN_FLIGHT = [64, 256]

/** Many rooms at once: a message goes only to those who are in its room, and what is told in several reaches some in all of them. */
export const rooms: Experiment = async ({ rounds, seconds, targets, clients }) => {
  const report = createReport('rooms', ['deliveries/s', 'per CPU s'])
  for (const place of PLACES) {
    const people = clients?.[0] ?? place.people
    for (const inFlight of IN_FLIGHT) {
      for (let round = 1; round <= rounds; round++) {
        for (const name of targets ?? ['tutorial', 'natter']) {
          const target = await startOf(name)({ ...place, people })
          try {
            const crowd = await gather(target)
            const { perSecond, perCpu, fullness, server, load, missing } = await crowd.saturate({ inFlight, seconds })
            crowd.leave()
            report.add({
              of: `${place.rooms.toLocaleString('en')} rooms of ${(people * place.each) / place.rooms}, ${inFlight} in flight`,
              target: name,
              round,
              figures: {
                'deliveries/s': perSecond,
                'per CPU s': perCpu,
                'per packet': fullness,
                'server busy': server,
                'load busy': load,
                missing,
              },
            })
          } finally {
            await target.stop()
          }
        }
      }
    }
  }
  console.log(`\n${report.table()}\n`)
  return { medians: report.medians() }
}
