/**
 * What the Socket.IO tutorial ends with, "exactly once delivery", in one process: messages in SQLite under ids that rise,
 * `client_offset` unique, replay from the client's `serverOffset`, and connection state recovery. It is what Natter is measured
 * against. https://socket.io/docs/v4/tutorial/ending-notes
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Server } from 'socket.io'

/** https://sqlite.org/rescode.html#constraint, in the lowest byte of what node:sqlite gives. */
const CONSTRAINT = 19

const database = new DatabaseSync(path.join(process.env['DATA_DIR'] ?? '.', 'chat.db'))
database.exec(`CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_offset TEXT UNIQUE,
  content TEXT
)`)
const insert = database.prepare('INSERT INTO messages (content, client_offset) VALUES (?, ?)')
const after = database.prepare('SELECT id, content FROM messages WHERE id > ?')

// Beside the tutorial: all that is stored, for whoever compares.
const http = createServer((_, response) => {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(after.all(0)))
})
const io = new Server(http, { connectionStateRecovery: {} })

io.on('connection', async (socket) => {
  socket.on('chat message', async (text: string, clientOffset: string, answer: () => void) => {
    // The tutorial's database answers in a later turn.
    await nextTurn()
    let id: number | bigint
    try {
      id = insert.run(text, clientOffset).lastInsertRowid
    } catch (error) {
      const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
      // Stored before: said so. Anything else: the client tries again.
      if (code === CONSTRAINT) answer()
      return
    }
    io.emit('chat message', text, Number(id))
    answer()
  })

  if (!socket.recovered) {
    await nextTurn()
    const offset: unknown = socket.handshake.auth['serverOffset']
    for (const { id, content } of after.iterate(Number(offset) || 0)) socket.emit('chat message', content, id)
  }
})

http.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`The tutorial is at http://127.0.0.1:${(http.address() as AddressInfo).port}`)
})
