import { expect, it } from 'vitest'
import { range } from '../contract/setting.ts'
import { openFresh } from './testing/openFresh.ts'

it('answers calls of one kind in the order in which they were made, whichever thread is quicker', async () => {
  const { store } = await openFresh()
  const ann = await store.people.create({ name: 'ann', role: 'member' })
  const room = await store.rooms.default()
  const answered: number[] = []
  await Promise.all(
    range(1, 150).map(async (i) => {
      // Every third takes longer.
      await store.rooms.sharedWith(ann.id, i % 3 === 0 ? range(1, 15).map(String) : [])
      answered.push(i)
    }),
  )
  expect(answered).toEqual(range(1, 150))
  expect(await store.rooms.hasMember(room.id, ann.id)).toBe(true)
})
