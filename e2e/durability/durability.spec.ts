import { expect } from '@playwright/test'
import { run, type Running } from '../support/run.ts'
import { test } from '../support/test.ts'

let ordeal: Running

/** The same for an hour: npm run durability -- --minutes 60 */
async function endure(...options: string[]): Promise<void> {
  ordeal = run([process.execPath, 'e2e/durability/main.ts', ...options])
  const code = await ordeal.ended
  console.log(ordeal.output())
  expect(code).toBe(0)
}

test.beforeEach(() => test.setTimeout(360_000))
// Should it take too long, it ends what it has started.
test.afterEach(() => ordeal.kill('SIGTERM'))

test('through kills, standstills and bad networks nothing is lost, doubled, out of order or missing', () =>
  endure('--minutes', '2', '--clients', '12'))

test('a backup that is restored under open pages is what they show, and nobody misses what comes after', () =>
  endure('--scenario', 'restore', '--clients', '8', '--minutes', '0.05'))

test('an older copy of the folder that is put back by hand is, too', () =>
  endure('--scenario', 'putback', '--clients', '8', '--minutes', '0.05'))
