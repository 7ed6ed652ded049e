import { afterEach, expect, it, vi } from 'vitest'
import { createReport, median } from './report.ts'

afterEach(() => vi.restoreAllMocks())

it('takes the middle of all rounds, and of two in the middle what lies between them', () => {
  expect([median([9, 1, 5]), median([4, 1, 2, 100])]).toEqual([5, 3])
})

it('tells the middle of what each round has shown beside its own baseline, whatever the machine did between two rounds', () => {
  const lines = vi.spyOn(console, 'log').mockImplementation(() => {})
  const report = createReport('fanout', ['deliveries/s'])
  for (const [round, one, other] of [
    [1, 100, 1_000],
    [2, 10, 200],
    [3, 50, 600],
  ] as const) {
    report.add({ of: '5 clients', target: 'tutorial', round, figures: { 'deliveries/s': one, missing: 0 } })
    report.add({ of: '5 clients', target: 'natter', round, figures: { 'deliveries/s': other, missing: 0 } })
  }
  expect(lines.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown)).toContainEqual({
    experiment: 'fanout',
    of: '5 clients',
    target: 'natter',
    round: 2,
    'deliveries/s': 200,
    missing: 0,
  })
  expect(report.table().split('\n').slice(2)).toEqual([
    '| 5 clients | tutorial | 50.0 (1.00 ×) | 0.00 |',
    '| 5 clients | natter | 600 (12.0 ×) | 0.00 |',
  ])
})

it('tells no ratio where the baseline did not take part, and nothing where nothing is told', () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  const report = createReport('fanout', ['deliveries/s'])
  report.add({ of: '5 clients', target: 'natter', round: 1, figures: { 'deliveries/s': 7, 'server busy': null } })
  expect(report.table().split('\n').at(-1)).toBe('| 5 clients | natter | 7.00 | – |')
})
