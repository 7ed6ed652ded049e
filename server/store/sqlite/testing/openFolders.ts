import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { openDatabase } from '../database.ts'
import { openSqlite } from '../index.ts'

/**
 * A program that opens data folders as Natter does and says what is in them: one path a line comes in, one line of JSON goes
 * out. For those who look at Natter from outside and yet have a folder to judge.
 */
for await (const dir of createInterface({ input: process.stdin })) {
  const report = await examine(dir).catch((error: unknown) => ({ refused: String(error) }))
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

async function examine(dir: string) {
  const store = await openSqlite({ dir })
  const database = openDatabase(path.join(dir, 'natter.db'), { readOnly: true })
  try {
    const [whole] = database.all('PRAGMA integrity_check')
    const [stray] = database.all('PRAGMA foreign_key_check')
    const found = {
      integrity: stray ? `a row of ${stray['table']} points nowhere` : whole?.['integrity_check'],
      rooms: database.all(
        `SELECT id, rev, seq, (SELECT count(*) FROM messages WHERE room_id = id) AS count,
           (SELECT coalesce(max(seq), 0) FROM messages WHERE room_id = id) AS newest FROM rooms`,
      ),
      messages: database.all(
        'SELECT room_id AS roomId, seq, rev, author_id AS authorId, key, body FROM messages ORDER BY room_id, seq',
      ),
      people: database.all('SELECT id FROM people').map(({ id }) => id),
      tokenHashes: database.all('SELECT token_hash FROM sessions').map((row) => row['token_hash']),
    }
    // Natter must not only have kept everything, it must also go on.
    const { id: roomId } = await store.rooms.default()
    const { id: authorId } = await store.people.create({ name: 'After the cut', role: 'member' })
    const { seq } = await store.messages.append({ roomId, authorId, key: randomUUID(), body: 'Here I am again.' })
    const count = found.messages.filter((message) => message['roomId'] === roomId).length
    return { ...found, next: { seq, count } }
  } finally {
    database.close()
    await store.close()
  }
}
