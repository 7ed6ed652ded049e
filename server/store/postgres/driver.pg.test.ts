import { expect, it, onTestFinished } from 'vitest'
import { makeMigrated } from '../../testing/database.ts'
import { startDriver } from './testing/startDriver.ts'

async function openDatabase() {
  const { url, drop } = await makeMigrated()
  onTestFinished(drop)
  return startDriver(url)
}

it('commits nothing where the connection was lost in the middle, although the next one is there at once', async () => {
  const connect = await openDatabase()
  const [mine, other] = [connect(), connect()]
  mine.exec('BEGIN')
  mine.run('INSERT INTO meta VALUES (?, ?)', 'first', 'half')
  const pid = Number(mine.get('SELECT pg_backend_pid() AS pid')?.['pid'])
  other.get('SELECT pg_terminate_backend(?)', pid)
  while (other.get('SELECT 1 FROM pg_stat_activity WHERE pid = ?', pid));

  mine.run('INSERT INTO meta VALUES (?, ?)', 'second', 'half')
  expect(() => mine.exec('COMMIT')).toThrow()
  expect(mine.inTransaction()).toBe(false)
  expect(other.all(`SELECT key FROM meta WHERE value = 'half'`)).toEqual([])

  mine.exec('BEGIN')
  mine.run('INSERT INTO meta VALUES (?, ?)', 'again', 'whole')
  mine.exec('COMMIT')
  expect(other.all(`SELECT key FROM meta WHERE value = 'whole'`)).toEqual([{ key: 'again' }])
})

it('asks in the same words each time it reads row by row, also within another reading, and leaves nothing open', async () => {
  const connect = await openDatabase()
  const connection = connect()
  const numbersTo = (most: number) => connection.each('SELECT generate_series(1, ?::bigint) AS n', most)
  for (let time = 0; time < 3; time++) {
    connection.exec('BEGIN')
    let rows = 0
    for (const { n } of numbersTo(100)) {
      for (const { n: inner } of numbersTo(200)) if (Number(inner) === 2 * Number(n)) rows += 1
      if (n === 70) break
    }
    expect(rows).toBe(70)
    expect(connection.all(`SELECT name FROM pg_cursors WHERE name <> ''`)).toEqual([])
    connection.exec('COMMIT')
  }
  // They need not end in the order in which they began.
  connection.exec('BEGIN')
  const [one, other] = [numbersTo(100)[Symbol.iterator](), numbersTo(100)[Symbol.iterator]()]
  one.next()
  other.next()
  one.return?.()
  expect([...numbersTo(3)].map(({ n }) => n)).toEqual([1, 2, 3])
  expect(other.next().value).toEqual({ n: 2 })
  other.return?.()
  connection.exec('COMMIT')
  // One for the outer, one for the inner.
  expect(connection.all(`SELECT name FROM pg_prepared_statements WHERE statement LIKE 'DECLARE%'`)).toHaveLength(2)
})

it('finds nothing by a name that PostgreSQL cannot keep', async () => {
  const connection = (await openDatabase())()
  expect(connection.get('SELECT 1 FROM people WHERE name = ?', 'an\0n')).toBeUndefined()
})
