/**
 * `npm run prove -- http://localhost:3000`: does this Natter lose messages? From outside, while it is in use.
 *
 * A few people come in, make a room of their own and talk through a network that resets, halves, delays, swallows and goes
 * silent. Then everything that anybody was told is compared with what is stored. It cannot kill the server: do that yourself
 * meanwhile, it must still pass. It keeps far below the limits of a server with Natter's defaults.
 */
import { parseArgs } from 'node:util'
import { createChance } from './chance.ts'
import { numberFrom } from './options.ts'
import { findNatter, Unprovable } from './prove/place.ts'
import { isGood, prove } from './prove/proof.ts'
import { percentile } from './report.ts'
import type { Proof } from './prove/proof.ts'

const HELP = `Shows whether a running Natter loses messages, while people use it.

  npm run prove -- <address> [--seconds 30] [--people 4] [--invite <link>] [--seed <number>] [--json]

A few people whose names begin with "Check" come in, make a room of the same name and talk in it through a bad network:
connections reset, cut in half, silent, slow, single packets lost. Then what everybody was told is compared with what is
stored. Kill the server meanwhile and start it again, it must still pass. Others see the people come and go, and the room.
At the end, and on Ctrl-C, they delete their messages and leave the room. What stays: their names, and the room, empty.

  --seconds  how long they talk, 5 to 600
  --people   how many they are, 2 to 8
  --invite   a link that lets in as many, where people come in by invitation
  --seed     the same number breaks the network at about the same moments
  --json     one line for programs instead of the table

Exit code: 0 nothing was lost, 1 something was, 2 it could not be tried. A server with a certificate of one's own
authority: NODE_EXTRA_CA_CERTS=<file>.`

const stopping = new AbortController()
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

function stop(): void {
  if (stopping.signal.aborted) process.exit(130)
  console.error('Stopping: they clean up. Once more to stop at once.')
  stopping.abort()
}

try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '30' },
      people: { type: 'string', default: '4' },
      seed: { type: 'string', default: `${Math.floor(Math.random() * 2 ** 31)}` },
      invite: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const [address] = positionals
  if (!address || positionals.length > 1) throw new Unprovable('Which Natter? npm run prove -- http://localhost:3000')
  const options = {
    time: 1_000 * numberFrom('seconds', values.seconds, { least: 5, most: 600, whole: true }),
    people: numberFrom('people', values.people, { least: 2, most: 8, whole: true }),
    chance: createChance(numberFrom('seed', values.seed, { most: 2 ** 32, whole: true })),
    signal: stopping.signal,
    // The token is behind the '#' of the link.
    invite: values.invite?.replace(/^.*#/, ''),
    tell: (step: string) => console.error(`${step} …`),
  }
  const proof = await prove({ ...options, origin: await findNatter(address, options.invite) })
  if (values.json) console.log(JSON.stringify({ seed: Number(values.seed), ...figuresOf(proof), good: isGood(proof) }))
  else console.log(`\n${table(proof)}\n\n${verdict(proof)}`)
  return isGood(proof) ? 0 : 1
}

/** Everything that was measured, flat. Times are in milliseconds. */
function figuresOf({ room, seconds, findings, looked, early, restless, recoveries, leftBehind }: Proof) {
  const { faults, ...counts } = findings
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => Math.round(percentile(recoveries, share)))
  const recovery = { times: recoveries.length, p50, p95, max }
  return { room, seconds: Math.round(seconds), ...counts, ...faults, looked, early, restless, recovery, leftBehind }
}

function table(proof: Proof): string {
  const { recovery, ...counts } = figuresOf(proof)
  const rows: [string, string | number][] = [
    ['sent, acknowledged, stored', `${counts.sent}, ${counts.acked}, ${counts.stored}`],
    ['delivered; once, in its place', `${counts.deliveries}; ${counts.once}`],
    ['acknowledged, not stored', counts.lost],
    ['acknowledged before it was stored', `${counts.early} of ${counts.looked} looked for at once`],
    ['sent, never stored', counts.neverStored],
    ['stored or shown twice', counts.doubled],
    ['out of order', counts.outOfOrder],
    ['stored, not shown to all', counts.missing],
    ['gaps in the numbering', counts.gaps],
    ['shown, and not what is stored', counts.diverged],
    ['refused; never at rest', `${counts.refused}; ${counts.restless}`],
    [
      'cut off or behind, then whole again',
      `${recovery.times} times; p50 ${recovery.p50}, p95 ${recovery.p95}, max ${recovery.max} ms`,
    ],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

function verdict(proof: Proof): string {
  const { room, findings, leftBehind } = proof
  const left = leftBehind > 0 ? ` ${leftBehind} messages could not be deleted in the room "${room}".` : ''
  if (isGood(proof)) return `Nothing was lost, doubled, out of order or missing.${left}`
  const { acked } = findings
  return `${acked === 0 ? 'Not one message was acknowledged, so nothing is proven.' : 'This Natter does not keep its promise.'}${left}`
}
