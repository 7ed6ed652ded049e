import { parseArgs } from 'node:util'
import { endOnSignal, numberFrom } from '../durability/options.ts'
import { browser } from './browser.ts'
import { fanout } from './fanout.ts'
import { idle } from './idle.ts'
import { mixed } from './mixed.ts'
import { nodes } from './nodes.ts'
import { page } from './page.ts'
import { pinLoad } from './pinning.ts'
import { rest as atRest } from './rest.ts'
import { rooms } from './rooms.ts'
import { search } from './search.ts'
import type { Experiment } from './settings.ts'
import { start } from './start.ts'
import { storm } from './storm.ts'
import { removeFolders } from './targets.ts'

/**
 * With others to compare with, in rounds: `npm run bench -- fanout --clients 1000 --rounds 5 --seconds 4 --targets tutorial,natter`, and
 * `npm run bench` for all of them.
 */
const compared: Record<string, Experiment> = { fanout, rest: atRest, idle, storm, rooms }
/** Natter by itself: `npm run bench -- search`. */
const alone: Record<string, Experiment> = { start, mixed, search: ({ rest }) => search(rest), browser, page, nodes }
/** Each tells what it has measured in words or a table, and as one line of JSON. */
const experiments = { ...compared, ...alone }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    clients: { type: 'string' },
    targets: { type: 'string' },
  },
})
const [name = 'all', ...rest] = positionals
const settings = {
  rounds: numberFrom('rounds', values.rounds, { least: 1, whole: true }),
  seconds: numberFrom('seconds', values.seconds, { least: 0.1 }),
  clients: values.clients?.split(',').map((count) => numberFrom('clients', count, { least: 1, whole: true })) ?? null,
  targets: values.targets?.split(',') ?? null,
  rest,
}
const chosen = name === 'all' ? Object.keys(compared) : Object.hasOwn(experiments, name) ? [name] : []

endOnSignal()
for (const one of chosen) {
  if (Object.hasOwn(compared, one)) pinLoad()
  console.log(JSON.stringify({ experiment: one, ...(await experiments[one]?.(settings)) }))
}
await removeFolders()
if (chosen.length === 0) {
  console.error(`"${name}" is none of ${Object.keys(experiments).join(', ')}, nor all.`)
  process.exitCode = 1
}
