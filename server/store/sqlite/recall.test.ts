import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished, vi } from 'vitest'
import { MESSAGE_LENGTH } from '../../../protocol/limits.ts'
import { matches } from '../../search/matching.ts'
import { parse } from '../../search/query.ts'
import { unitsOf } from '../../search/units.ts'
import { babble, dice, queriesFor } from '../contract/babble.ts'
import { range } from '../contract/setting.ts'
import type { NewPoll } from '../../../protocol/messages.ts'
import { inOneTransaction, type Row } from '../sql/database.ts'
import { openDatabase } from './database.ts'
import { indexedOf, indexNew, pieceOf } from './newMessages.ts'
import { createOperations } from '../sql/operations.ts'
import { defaultRoomOf } from '../sql/queries.ts'
import { createSettling } from './outdated.ts'
import { migrate } from './schema.ts'
import { createSearchReads } from '../sql/searchReads.ts'
import { createSearchIndex } from './searchIndex.ts'
import { termsOf } from '../sql/searchTerms.ts'

/** A lobby whose messages are indexed when the test says so, by a clock on which some time passes between any two looks at it. */
function lobby() {
  let now = 0n
  const clock = vi.spyOn(process.hrtime, 'bigint').mockImplementation(() => (now += 4_000_000n))
  onTestFinished(() => clock.mockRestore())
  const database = openDatabase(':memory:')
  onTestFinished(() => database.close())
  migrate(database, ':memory:', { defaultRoom: 'Lobby', tell: () => {} })
  const nobody = () => {}
  const operations = createOperations(database, {
    inRoom: nobody,
    person: nobody,
    place: nobody,
    session: nobody,
    deletedRoom: nobody,
    alone: nobody,
    moderated: nobody,
    reported: nobody,
    sent: nobody,
  })
  const settling = createSettling(database)
  const roomId = defaultRoomOf(database)
  const { id: authorId } = operations['people.create']({ name: 'ann', role: 'member' })
  const { find } = createSearchReads(database, createSearchIndex(database))
  const roll = dice(11)
  const text = () => `${babble(roll)}.`
  operations['rooms.setPreviews']({ roomId, on: true })
  const append = (what: { body: string; poll?: NewPoll | undefined; link?: string | undefined }) =>
    operations['messages.append']({ roomId, authorId, key: randomUUID(), ...what })
  function settleSome(): boolean {
    if (settling.isOver()) return false
    inOneTransaction(database, settling.settle)
    return true
  }
  const rows = () => database.all('SELECT * FROM messages WHERE room_id = ? AND deleted = 0', roomId)
  database.exec(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'search', 'row')`)
  return {
    roll,
    rows,
    say: (count: number) => range(1, count).map(() => append({ body: text() })),
    /** Some of them are long, some ask what to vote for, and some link to a page. */
    sayAllKinds: (count: number) =>
      range(1, count).map((i) =>
        append({
          body: i % 50 === 0 ? range(1, 12).map(text).join(' ') : text(),
          poll: i % 20 === 1 ? { options: [text(), text()], multiple: false } : undefined,
          link: i % 3 === 0 ? `https://a.example/${randomUUID()}` : undefined,
        }),
      ),
    sayThis: (body: string) => append({ body }),
    index: () => inOneTransaction(database, () => indexNew(database)),
    edit: (seq: number, body: string) => operations['messages.edit']({ roomId, seq, body }),
    /** Returns whether there was anything. */
    settleSome,
    settle() {
      while (settleSome());
      database.exec(`INSERT INTO search (search) VALUES ('integrity-check')`)
    },
    isIndexed: (row: Row) => Number(row['said']) <= indexedOf(database),
    /** Of every message that it meets, one in so many gets another text, is withdrawn, comes back, is gone for good, or hears of its page or nothing more of it. */
    live(one: number) {
      for (const { seq } of database.all('SELECT seq FROM messages WHERE room_id = ?', roomId)) {
        const at = { roomId, seq: Number(seq) }
        const what = roll(4 * one)
        const there = database.get(
          `SELECT deleted, iif(preview <> '', preview ->> '$.url', NULL) AS url FROM messages WHERE room_id = ? AND seq = ?`,
          roomId,
          at.seq,
        )
        const page = { site: 'a.example', at: Date.now() }
        if (there?.['deleted'] === 1) continue
        if (what === 0) operations['messages.edit']({ ...at, body: text() })
        if (what > 0 && what < 4) operations['messages.remove']({ ...at, by: authorId })
        if (what === 2) operations['messages.restore']({ ...at, by: authorId })
        if (what === 3) operations['messages.remove']({ ...at, by: 'somebody else' })
        if (what % 3 === 1 && typeof there?.['url'] === 'string')
          operations['previews.found']({ ...page, url: there['url'], title: text() })
        if (what > 4 && what < 8) operations['previews.remove'](at)
      }
    },
    found: (query: string) =>
      find({ personId: authorId, query, order: 'newest', limit: 10_000, zone: 'UTC' }, () => true).places.map(
        ({ seq }) => seq,
      ),
    words: () =>
      new Map(
        database.all('SELECT term, doc FROM temp.vocabulary').map(({ term, doc }) => [String(term), Number(doc)]),
      ),
  }
}

type Lobby = ReturnType<typeof lobby>

/** What a look at every message finds, newest first. */
function lookedThrough(rows: readonly Row[], query: string): number[] {
  const { terms } = parse(query)
  return rows
    .filter((row) => terms.length > 0 && matches(unitsOf(pieceOf(row).text), terms))
    .map((row) => Number(row['seq']))
    .sort((a, b) => b - a)
}

function expectToFindAll({ rows, found, roll }: Lobby): void {
  const there = rows()
  let count = 0
  for (const query of queriesFor(roll, 40)) {
    const expected = lookedThrough(there, query)
    expect(found(query), query).toEqual(expected)
    count += expected.length
  }
  expect(count).toBeGreaterThan(400)
}

/** Every word of every message that is indexed, as often as it is there, and no other. */
function expectNoOtherWords({ rows, words, isIndexed }: Lobby): void {
  const expected = new Map<string, number>()
  for (const row of rows().filter(isIndexed))
    for (const term of termsOf(String(row['room_id']), String(row['author_id']), pieceOf(row).text).split(' '))
      expected.set(term, (expected.get(term) ?? 0) + 1)
  expect(words()).toEqual(expected)
}

it('finds all that looking through every message does, and has no other words, while none, some or all of it is indexed', () => {
  const place = lobby()
  const { sayAllKinds, index, settle, live } = place
  const check = () => {
    expectToFindAll(place)
    settle()
    expectNoOtherWords(place)
  }
  sayAllKinds(300)
  live(6)
  check()
  index()
  check()
  sayAllKinds(200)
  check()
  live(6)
  check()
  index()
  live(3)
  check()
  expect(index()).toBe(0)
}, 60_000)

it('indexes so much at a time that nobody waits for long, and goes on where it was', () => {
  const { say, index, rows, isIndexed } = lobby()
  say(1_200)
  expect([index(), index()]).toEqual([500, 500])
  expect(rows().filter((row) => !isIndexed(row))).toHaveLength(200)
  expect([index(), index()]).toEqual([200, 0])
})

/** A text of as many words as one can have. */
const han = Array.from({ length: MESSAGE_LENGTH }, (_, i) =>
  String.fromCodePoint(0x4e00 + ((i * 7_919) % 20_000)),
).join('')

it('puts a text of many words in by pieces, between which others write, and finds it all the while', () => {
  const place = lobby()
  const { sayThis, index, settle, settleSome, found, words } = place
  sayThis(han)
  sayThis(`${han}.`)
  sayThis('quetzal')
  const sizes: number[] = []
  while (index() > 0) sizes.push(words().size)
  while (settleSome()) {
    sizes.push(words().size)
    expect([found(han.slice(-2)), found('quetzal')]).toEqual([[2, 1], [3]])
  }
  expect(Math.max(...sizes.map((size, i) => size - (sizes[i - 1] ?? 0)))).toBeLessThan(20_000)
  settle()
  expectNoOtherWords(place)
})

it('has no other words of a text that is changed while it is put in, nor of one that comes back while it is taken out', () => {
  const place = lobby()
  const { sayThis, index, settle, settleSome, edit, found } = place
  sayThis(han)
  index()
  settleSome()
  edit(1, 'tea')
  expect([found('tea'), found(han.slice(0, 2)), found(han.slice(-2))]).toEqual([[1], [], []])
  settleSome()
  edit(1, han)
  expect([found('tea'), found(han.slice(0, 2)), found(han.slice(-2))]).toEqual([[], [1], [1]])
  settle()
  expectNoOtherWords(place)
  edit(1, 'tea')
  settleSome()
  settleSome()
  edit(1, han)
  settleSome()
  expect([found('tea'), found(han.slice(0, 2)), found(han.slice(-2))]).toEqual([[], [1], [1]])
  settle()
  expectNoOtherWords(place)
  edit(1, 'tea')
  settle()
  expectNoOtherWords(place)
})

it('takes a text of many words out in pieces, between which others write, and then nothing of it is left', () => {
  const { sayThis, index, settle, settleSome, edit, found, words } = lobby()
  sayThis(han)
  sayThis('quetzal')
  index()
  index()
  settle()
  const before = words().size
  expect(before).toBeGreaterThan(20_000)
  edit(1, 'tea')
  edit(2, 'coffee')
  let pieces = 0
  while (settleSome()) {
    pieces++
    expect([found('tea'), found('coffee'), found(han.slice(0, 2))]).toEqual([[1], [2], []])
  }
  expect(pieces).toBeGreaterThan(2)
  expect(words().size).toBeLessThan(10)
})
