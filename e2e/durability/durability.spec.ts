import { expect } from '@playwright/test'
import { test } from '../support/test.ts'
import { run } from '../support/run.ts'

/** The same for an hour: npm run durability -- --minutes 60 */
test('through kills, standstills and bad networks nothing is lost, doubled, out of order or missing', async () => {
  test.setTimeout(240_000)
  const ordeal = run([process.execPath, 'e2e/durability/main.ts', '--minutes', '1', '--clients', '12'])
  const code = await ordeal.ended
  console.log(ordeal.output())
  expect(code).toBe(0)
})
