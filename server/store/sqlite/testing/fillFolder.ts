import path from 'node:path'
import { inOneTransaction } from '../../sql/database.ts'
import { makeDurable, openDatabase } from '../database.ts'
import { openSqlite } from '../index.ts'
import { indexNew } from '../newMessages.ts'

/**
 * A program that makes a data folder with many messages in several scripts, for those who measure Natter from outside: the folder,
 * how many messages, how many rooms. Prints one line of JSON for every hundredth, and in the end who owns the place.
 */
const [dir = '', messages = '1000000', rooms = '40'] = process.argv.slice(2)

/** Letters of a script, from which its words are made. */
const SCRIPTS = [
  { letters: 'etaoinshrdlucmfwypvbgkjqxz', share: 0.7, spaces: true },
  { letters: 'éaeistnrulodçmpèàvqfbghjâîôû', share: 0.1, spaces: true },
  { letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф', share: 0.08, spaces: true },
  { letters: 'اليمونترةبسدفعكقحجشصطخضذثئزغظء', share: 0.05, spaces: true },
  { letters: '的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年', share: 0.05, spaces: false },
  { letters: 'กขคงจชซญดตถทธนบปผพฟภมยรลวศสหอฮะาิีึืุูเแโใไ่้', share: 0.02, spaces: false },
]
const WORDS = 30_000

let state = 1
/** By chance, but always the same: 0 up to and without 1. */
function chance(): number {
  state = (state * 48_271) % 2_147_483_647
  return state / 2_147_483_647
}
/** As words are in a language: few very often, most seldom. */
const seldom = (most: number) => Math.min(most - 1, Math.floor(most ** chance()) - 1)

const vocabularies = SCRIPTS.map(({ letters }) => {
  const all = [...letters]
  const word = () => Array.from({ length: 2 + Math.floor(chance() * 8) }, () => all[seldom(all.length)]).join('')
  return Array.from({ length: WORDS }, word)
})

function textOf(): string {
  let left = chance()
  const script = SCRIPTS.findIndex(({ share }) => (left -= share) < 0)
  const [words, spaces] = [vocabularies[script] ?? [], SCRIPTS[script]?.spaces]
  const length = 2 + Math.floor(chance() * chance() * 40)
  const text = Array.from({ length }, () => words[seldom(words.length)]).join(spaces ? ' ' : '')
  return chance() < 0.03 ? `${text} https://example.org/${words[seldom(words.length)]}` : text
}

const store = await openSqlite({ dir })
const people = await Promise.all(
  Array.from({ length: 50 }, (_, i) =>
    store.people.create({ name: `Person ${i}`, role: i === 0 ? 'owner' : 'member' }),
  ),
)
const [owner] = people
if (!owner) throw new Error('Somebody was made.')
const made = [{ room: await store.rooms.default() }]
for (let i = 1; i < Number(rooms); i++)
  made.push(await store.rooms.create({ name: `Room ${i}`, topic: '', personId: owner.id }))
for (const { room } of made.slice(1))
  for (const { id } of people) if (chance() < 0.5) await store.rooms.add(room.id, id)
const session = await store.sessions.create(owner.id)
await store.close()

const database = openDatabase(path.join(dir, 'natter.db'))
makeDurable(database)
database.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -200000')
const count = Number(messages)
const [begin, every] = [Date.now() - count * 30_000, Math.ceil(count / 100)]
for (let done = 0; done < count; done += every) {
  inOneTransaction(database, () => {
    for (let i = done; i < Math.min(count, done + every); i++) {
      const roomId = made[seldom(made.length)]?.room.id ?? ''
      const author = people[Math.floor(chance() * people.length)]?.id ?? ''
      const head = database.get(
        'UPDATE rooms SET seq = seq + 1, rev = rev + 1, active_at = ? WHERE id = ? RETURNING seq, rev',
        begin + i * 30_000,
        roomId,
      )
      database.run(
        `INSERT INTO messages (room_id, seq, rev, author_id, owner, key, body, sent_at, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${database.dialect.nextSaid})`,
        roomId,
        Number(head?.['seq']),
        Number(head?.['rev']),
        author,
        author,
        `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`,
        textOf(),
        begin + i * 30_000,
      )
    }
  })
  while (inOneTransaction(database, () => indexNew(database)) > 0);
  console.log(JSON.stringify({ done: Math.min(count, done + every), of: count }))
}
database.close()
console.log(JSON.stringify({ session, words: vocabularies.map((words) => words.slice(0, 2_000)) }))
