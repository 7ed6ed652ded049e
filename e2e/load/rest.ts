import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gather } from './crowd.ts'
import { createReport, median } from './report.ts'
import type { Experiment } from './settings.ts'
import { startOf } from './targets.ts'

/** Messages a second: each is long done when the next one comes. */
const RATE = 20
const SYNCS = 100

/** What a disk takes to keep 4 kB more of a file for good, as a log that grows, just now. Milliseconds, the middle of a hundred. */
function fsyncNow(): number {
  const dir = mkdtempSync(path.join(tmpdir(), 'natter-sync-'))
  const file = openSync(path.join(dir, 'page'), 'w')
  const page = Buffer.alloc(4096, 1)
  try {
    const times = Array.from({ length: SYNCS }, (_, i) => {
      const since = performance.now()
      writeSync(file, page, 0, page.length, i * page.length)
      fdatasyncSync(file)
      return performance.now() - since
    })
    return median(times)
  } finally {
    closeSync(file)
    rmSync(dir, { recursive: true })
  }
}

/** Two people, one of whom says something now and then: how long until each of them has it. */
export const rest: Experiment = async ({ rounds, seconds, targets }) => {
  const report = createReport('rest', ['p50 ms', 'p99 ms'])
  for (let round = 1; round <= rounds; round++) {
    for (const name of targets ?? ['tutorial', 'natter', 'storing', 'ws']) {
      const target = await startOf(name)({ people: 2 })
      try {
        const crowd = await gather(target)
        const fsync = fsyncNow()
        const { p50, p99, missing } = await crowd.pace({ rate: RATE, seconds })
        crowd.leave()
        const figures = { 'p50 ms': p50, 'p99 ms': p99, 'fsync ms': fsync, missing }
        report.add({ of: '2 clients', target: name, round, figures })
      } finally {
        await target.stop()
      }
    }
  }
  console.log(`\n${report.table()}\n`)
  return { medians: report.medians() }
}
