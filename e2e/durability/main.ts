import { parseArgs } from 'node:util'
import { createChance } from './chance.ts'
import { lookOn } from './onlooker.ts'
import { endure, faultsOf, type Fault, type Progress, type Report } from './ordeal.ts'
import { endOnSignal, numberFrom } from './options.ts'
import { comparison, isGood, progressLine, summary, table } from './report.ts'
import { restore, ways } from './restore.ts'
import { natter, type Subject } from './subject.ts'
import { tutorial } from './tutorial.ts'

/**
 * Shows that nothing is lost, or exits with 1: `npm run durability -- --minutes 60`, or a scenario of this list. Everything in
 * it can also be said by itself, and what is said counts.
 */
const usual = {
  minutes: '2',
  /** Several are nodes of one community, on one PostgreSQL and one Redis, and people are shared out among them. */
  nodes: '1',
  clients: '20',
  /** Messages and changes of all together in a second, and how much of that are changes. */
  rate: '60',
  revisions: '0.15',
  faults: '',
  /** Most milliseconds between the server's return and the next blow. */
  pause: '400',
  /** So many of them are pages with all that a page does; the others only look on and say something now and then. */
  pages: '250',
  /** It also ends after so many messages and changes, or blows. */
  operations: 'Infinity',
  blows: 'Infinity',
  /** One after the other, and side by side in the end: natter,tutorial. */
  against: 'natter',
  seed: `${Math.floor(Math.random() * 2 ** 31)}`,
}

/** Milliseconds between two lines of progress. */
const SILENCE = 15_000

const scenarios: Record<string, Partial<typeof usual>> = {
  usual: {},
  /** Random messages, edits and deletions: at the end all screens show what a page shows that is opened then. */
  convergence: { clients: '5', operations: '10000', revisions: '0.4', rate: '200', pause: '3000', minutes: '30' },
  /** A thousand are there when the server is killed. */
  crowd: { clients: '1000', pages: '20', faults: 'kill', rate: '4', pause: '10000', minutes: '2' },
  /** Asked to end a hundred times while many talk. */
  stopping: { faults: 'term', blows: '100', minutes: '30' },
  /** A backup is restored while all pages stay open; and an older copy of the folder is put back by hand. */
  /** A newer version is installed on one node after the other, three times. */
  deploy: { nodes: '3', faults: 'deploy', blows: '9', pause: '1000', minutes: '10' },
  restore: { faults: 'none', minutes: '0.1', pages: 'Infinity' },
  putback: { faults: 'none', minutes: '0.1', pages: 'Infinity' },
}

const names = ['scenario', ...Object.keys(usual)]
const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) })
const scenario = String(values['scenario'] ?? 'usual')
const chosen = { ...usual, ...scenarios[scenario], ...values } as typeof usual

const nodes = numberFrom('nodes', chosen.nodes, { least: 1, most: 9, whole: true })
/** Where nobody says which, all that there are. */
const possible = faultsOf(nodes)
const wanted = chosen.faults || possible.join(',')
const faults = wanted.split(',').filter((name) => name !== 'none') as Fault[]
const unknown = faults.find((fault) => !possible.includes(fault))
/** Natter among many. */
const crowd: Subject = {
  ...natter,
  enter: (options) => (options.author <= given('pages') ? natter.enter(options) : lookOn(options)),
}
const subjects: Record<string, Subject> = { natter: crowd, tutorial }
const against = chosen.against.split(',')
const nobody = against.find((name) => !subjects[name])
if (!scenarios[scenario]) throw new Error(`There is no scenario "${scenario}": ${Object.keys(scenarios).join(', ')}.`)
if (unknown) throw new Error(`There is no fault "${unknown}" here: ${possible.join(', ')}, or none.`)
const lonely = against.find((name) => nodes > 1 && !subjects[name]?.hasNodes)
if (lonely) throw new Error(`There are no nodes of "${lonely}".`)
if (nobody) throw new Error(`"${nobody}" is none of ${Object.keys(subjects).join(', ')}.`)

const given = (
  name: 'minutes' | 'clients' | 'rate' | 'revisions' | 'pause' | 'pages' | 'operations' | 'blows' | 'seed',
) => numberFrom(name, chosen[name])

function put(subject: Subject): Promise<Report> {
  const [clients, rate, time] = [given('clients'), given('rate'), given('minutes') * 60_000]
  const chance = createChance(given('seed'))
  if (scenario === 'restore') return restore({ subject, clients, rate, chance, time, way: ways.command })
  if (scenario === 'putback') return restore({ subject, clients, rate, chance, time, way: ways.hand })
  return endure({
    subject,
    nodes,
    clients,
    rate,
    chance,
    faults,
    until: { time, operations: given('operations'), blows: given('blows') },
    revisions: given('revisions'),
    pause: given('pause'),
    tell: createTeller(),
  })
}

/** Keeps one line up to date in a terminal, and writes one now and then elsewhere. */
function createTeller(): (progress: Progress) => void {
  let told = -Infinity
  return (progress) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${progressLine(progress)}`)
    else if (progress.elapsed - told >= SILENCE) {
      told = progress.elapsed
      console.log(progressLine(progress))
    }
  }
}

endOnSignal()
const reports: Record<string, Report> = {}
for (const name of against) {
  console.log(`${scenario} of ${name}, seed ${chosen.seed}, ${nodes} nodes, ${chosen.clients} people, ${wanted}`)
  const report = await put(subjects[name] ?? crowd)
  reports[name] = report
  console.log(`\n${JSON.stringify(summary(report))}\n\n${table(report)}\n`)
}
if (against.length > 1) console.log(comparison(reports))
// What is compared with is known to lose.
const judged = reports['natter'] ?? Object.values(reports)[0]
process.exit(judged && isGood(judged) ? 0 : 1)
