import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('runs few at once, those of the first queue before the others, and takes no more than it has room for', async () => {
  const turns = createTurns(2, [1, 2])
  const order: string[] = []
  const ends: (() => void)[] = []
  const take = (name: string, queue: number) =>
    turns.take(queue).then((end) => {
      if (!end) return order.push(`no room for ${name}`)
      ends.push(end)
      return order.push(name)
    })
  const all = [take('a', 1), take('b', 1), take('stranger', 1), take('other', 1), take('third', 1), take('known', 0)]
  await all[4]
  while (order.length < 6) {
    await new Promise(setImmediate)
    ends.shift()?.()
  }
  await Promise.all(all)
  expect(order).toEqual(['a', 'b', 'no room for third', 'known', 'stranger', 'other'])
})
