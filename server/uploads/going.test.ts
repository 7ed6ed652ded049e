import { expect, it } from 'vitest'
import { createGoing } from './going.ts'

it('sends one person so many files at once and others theirs, and goes on when one is there', async () => {
  const going = createGoing()
  const ends: (() => void)[] = []
  const all = Array.from({ length: 200 }, () => going('eve', () => new Promise((resolve) => ends.push(resolve))))
  const more = () => going('eve', async () => {})
  await expect(more()).rejects.toMatchObject({ code: 'rate_limited' })
  await going('ann', async () => {})
  ends.shift()?.()
  await all[0]
  await more()
  for (const end of ends) end()
  await Promise.all(all)
})
