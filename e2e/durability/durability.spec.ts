import { expect } from '@playwright/test'
import { run } from '../support/run.ts'
import { test } from '../support/test.ts'

/** The same for an hour: npm run durability -- --minutes 60 */
async function prove(...options: string[]): Promise<void> {
  const ordeal = run([process.execPath, 'e2e/durability/main.ts', ...options])
  const code = await ordeal.ended
  console.log(ordeal.output())
  expect(code).toBe(0)
}

test.beforeEach(() => test.setTimeout(360_000))

test('through kills, standstills and bad networks nothing is lost, doubled, out of order or missing', () =>
  prove('--minutes', '2', '--clients', '12'))

test('a backup that is restored under open pages is what they show, and nobody misses what comes after', () =>
  prove('--scenario', 'restore', '--clients', '8', '--minutes', '0.05'))

test('an older copy of the folder that is put back by hand is, too', () =>
  prove('--scenario', 'putback', '--clients', '8', '--minutes', '0.05'))
