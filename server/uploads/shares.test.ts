import { expect, it } from 'vitest'
import { createShares } from './shares.ts'

it('serves everybody who waits in turn, however much one of them has brought, and takes no more than each may have', async () => {
  const shares = createShares(1, { each: 3, all: 5 })
  const order: string[] = []
  const ends: (() => void)[] = []
  const take = (name: string, who: string) =>
    shares.take(who).then((end) => {
      if (!end) return order.push(`no room for ${name}`)
      ends.push(end)
      return order.push(name)
    })
  const names = ['a0', 'a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']
  const all = names.map((name) => take(name, name.slice(0, 1)))
  while (order.length < names.length) {
    await new Promise(setImmediate)
    ends.shift()?.()
  }
  await Promise.all(all)
  expect(order).toEqual(['a0', 'no room for a4', 'no room for c1', 'a1', 'b1', 'a2', 'b2', 'a3'])
  for (const end of ends.splice(0)) end()
  expect(await shares.take('c')).not.toBeNull()
})
