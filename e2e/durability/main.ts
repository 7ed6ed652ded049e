import { parseArgs } from 'node:util'
import { createChance } from './chance.ts'
import { allFaults, endure, type Fault } from './ordeal.ts'
import { isGood, progressLine, summary, table } from './report.ts'
import { natter } from './subject.ts'
import { tutorial } from './tutorial.ts'

/** `npm run durability -- --minutes 2`: shows that nothing is lost, or exits with 1. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: `${Math.floor(Math.random() * 2 ** 31)}` },
    clients: { type: 'string', default: '20' },
    rate: { type: 'string', default: '60' },
    faults: { type: 'string', default: allFaults.join(',') },
    against: { type: 'string', default: 'natter' },
  },
})

const faults = values.faults.split(',').filter((name) => name !== '' && name !== 'none') as Fault[]
const unknown = faults.find((fault) => !allFaults.includes(fault))
if (unknown) throw new Error(`There is no fault "${unknown}": ${allFaults.join(', ')}, or none.`)
const subject = { natter, tutorial }[values.against]
if (!subject) throw new Error(`"${values.against}" is neither natter nor tutorial.`)

console.log(
  `seed ${values.seed}, ${values.clients} people against ${values.against}, faults: ${faults.join(' ') || 'none'}`,
)
let told = -Infinity
const report = await endure({
  subject,
  time: Number(values.minutes) * 60_000,
  clients: Number(values.clients),
  rate: Number(values.rate),
  faults,
  chance: createChance(Number(values.seed)),
  tell(progress) {
    if (process.stdout.isTTY) process.stdout.write(`\r${progressLine(progress)}`)
    else if (progress.elapsed - told >= 15_000) {
      told = progress.elapsed
      console.log(progressLine(progress))
    }
  },
})
console.log(`\n${JSON.stringify(summary(report))}\n\n${table(report)}`)
process.exit(isGood(report) ? 0 : 1)
