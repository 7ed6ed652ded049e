import { expect } from '@playwright/test'
import { run, type Running } from '../support/run.ts'
import { test } from '../support/test.ts'
import type { summary } from './report.ts'

type Summary = ReturnType<typeof summary>

let ordeal: Running

/** The same for an hour: npm run durability -- --minutes 60. Resolves to what it found. */
async function endure(line: string): Promise<Summary> {
  ordeal = run([process.execPath, 'e2e/durability/main.ts', ...line.split(' ')])
  const code = await ordeal.ended
  console.log(ordeal.output())
  expect(code).toBe(0)
  const [found = ''] = /^\{.*\}$/m.exec(ordeal.output()) ?? []
  return JSON.parse(found) as Summary
}

test.beforeEach(() => test.setTimeout(360_000))
// Should it take too long, it ends what it has started.
test.afterEach(() => ordeal.kill('SIGTERM'))

test('through kills, standstills and bad networks nothing is lost, doubled, out of order or missing', () =>
  endure('--minutes 2 --clients 12'))

test('a backup that is restored under open pages is what they show, and nobody misses what comes after', () =>
  endure('--scenario restore --clients 8 --minutes 0.05'))

test('an older copy of the folder that is put back by hand is, too', () =>
  endure('--scenario putback --clients 8 --minutes 0.05'))

test('three nodes lose, double, disorder and miss nothing while one after the other is killed', async () => {
  const { kill, deliveries } = await endure('--nodes 3 --clients 9 --blows 5 --faults kill --pause 2000')
  expect(kill).toBe(5)
  expect(deliveries).toBeGreaterThan(1_000)
})

test('nor while what they share is taken away, and one stands still with what it has locked', () =>
  endure('--nodes 3 --clients 9 --faults hold,redis,postgres,freeze --blows 4 --pause 1000'))

test('nor while a newer version is installed on them, and nobody is away for two seconds', async () => {
  const { term, recovery } = await endure('--scenario deploy --clients 9 --blows 3')
  expect(term).toBe(3)
  // Of twenty, one may meet a machine that has other things to do.
  expect(recovery.p95).toBeLessThan(2_000)
  expect(recovery.p95).toBeGreaterThan(0)
})
