import { expect } from '@playwright/test'
import { run } from '../support/run.ts'
import { test } from '../support/test.ts'

test('the benchmark puts Natter beside others, and nobody misses a message of either', async () => {
  const fanout = ['fanout', '--clients', '20', '--rounds', '1', '--seconds', '0.3']
  const bench = run([process.execPath, 'e2e/load/bench.ts', ...fanout])
  expect(await bench.ended, bench.output()).toBe(0)
  const rows = bench.output().matchAll(/^\| 20 clients \| (\w+) .* (\S+) \|$/gm)
  expect(Array.from(rows, ([, target, missing]) => [target, missing])).toEqual(
    ['tutorial', 'natter', 'storing', 'ws'].map((target) => [target, '0.00']),
  )
})
