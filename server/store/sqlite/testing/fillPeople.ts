import { openSqlite } from '../index.ts'

/**
 * A program that makes a data folder with many people, each signed in and in some of the rooms, for those who measure Natter from
 * outside: the folder, how many people, how many rooms beside the default one, and how many of these each person is in: the person
 * at `i` in those at `i * each` and following, round and round. Prints one line of JSON: everybody's session, and the rooms' ids,
 * first that of the default room. Whoever owns the place and has made the rooms is in all of them, and none of these people.
 */
const [dir = '', people = '100', rooms = '0', each = '0'] = process.argv.slice(2)

/** So many at a time, that none waits too long for the disk. */
const TOGETHER = 500

/** In their order, one slice after the other. */
async function inSlices<T>(count: number, task: (i: number) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  for (let i = 0; i < count; i += TOGETHER) {
    const slice = Array.from({ length: Math.min(TOGETHER, count - i) }, (_, j) => task(i + j))
    done.push(...(await Promise.all(slice)))
  }
  return done
}

const store = await openSqlite({ dir })
const owner = await store.people.create({ name: 'Owner', role: 'owner' })
const made = await inSlices(Number(people), (i) => store.people.create({ name: `Person ${i}`, role: 'member' }))
const sessions = await inSlices(made.length, (i) => store.sessions.create(made[i]?.id ?? ''))
const ids = [(await store.rooms.default()).id]
for (let i = 0; i < Number(rooms); i++)
  ids.push((await store.rooms.create({ name: `Room ${i}`, topic: '', personId: owner.id })).room.id)
await inSlices(made.length * Number(each), async (i) => {
  const person = Math.floor(i / Number(each))
  await store.rooms.add(ids[1 + (i % Number(rooms))] ?? '', made[person]?.id ?? '')
})
await store.close()
console.log(JSON.stringify({ sessions, rooms: ids }))
