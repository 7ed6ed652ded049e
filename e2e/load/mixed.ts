import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { live } from './life.ts'
import { median } from './report.ts'
import { fill, spread } from './search.ts'
import type { Experiment } from './settings.ts'
import { natterIn, startOf } from './targets.ts'

/** Milliseconds until all have begun. */
const BEGINNING = 3_000
/** How often the load looks how late it is itself, which is no delay, though Node counts it as one. Milliseconds. */
const LOOKS = 5

/** Of the server, of the process that does nothing (`still`), and of the load; milliseconds, bytes, shares of a core. */
const FIGURES = ['p99', 'max', 'rss', 'still', 'stillMax', 'load', 'busy'] as const
type Late = Record<(typeof FIGURES)[number], number>

/**
 * A place as it is used: people write, type, read, change rooms, search, sign in and send files while backups are made; how late the
 * server's event loop is, and how long what they do takes at most.
 */
export const mixed: Experiment = async ({ rounds, seconds, clients, rest: [messages = '100000'] }) => {
  const people = clients?.[0] ?? 100
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-mixed-'))
  const { words } = await fill(dir, Number(messages))
  const server = await natterIn(dir)
  // On a machine that others use, a process that does nothing is late as well.
  const still = await startOf('ws')({ people: 0 })
  try {
    const life = await live(server.url.origin, dir, people, words)
    // For what comes late to its senders because they are.
    const own = monitorEventLoopDelay({ resolution: LOOKS })
    own.enable()
    await life.pass(BEGINNING)
    // What is told is since the last time. It tidies up to tell it, which holds people up: meanwhile nothing is measured.
    await Promise.all([server.probe(), still.probe()])
    const late: Late[] = []
    for (let round = 1; round <= rounds; round++) {
      own.reset()
      const cpu = await server.cpu()
      await life.measure(seconds * 1000)
      const busy = (((await server.cpu()) ?? NaN) - (cpu ?? NaN)) / seconds
      const load = own.max / 1e6 - LOOKS
      const [told, beside] = await Promise.all([server.probe(), still.probe()])
      if (!told || !beside) throw new Error('Both run here.')
      const { p99, max, rss } = told
      const one = { p99, max, rss, still: beside.p99, stillMax: beside.max, load, busy }
      late.push(one)
      console.log(JSON.stringify({ experiment: 'mixed', round, ...one }))
    }
    await life.end()
    const middle = (name: keyof Late) => median(late.map((one) => one[name]))
    const ms = (name: keyof Late) => middle(name).toFixed(1)
    console.log(
      `${people} people: the event loop is late by ${ms('p99')} ms at p99, ${ms('max')} ms at most, the middle of ${rounds} (a process beside it that does nothing: ${ms('still')} and ${ms('stillMax')} ms; the load itself: ${ms('load')} ms at most); ${middle('busy').toFixed(2)} of a core, ${Math.round(middle('rss') / 1e6)} MB.`,
    )
    const took = Object.fromEntries(Object.entries(life.times).map(([name, all]) => [name, spread(all)]))
    for (const [name, { p50, p99, max, n }] of Object.entries(took))
      console.log(`${name}: p50 ${p50} ms, p99 ${p99} ms, at most ${max} ms (${n})`)
    const medians = Object.fromEntries(FIGURES.map((name) => [name, middle(name)]))
    return { people, ...medians, took }
  } finally {
    await Promise.all([server.stop(), still.stop()])
  }
}
