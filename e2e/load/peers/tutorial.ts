/**
 * What the Socket.IO tutorial teaches, in one process, as a yardstick: whatever somebody says is passed to everybody, and nothing
 * is kept. With STORE=1 each message is inserted first, in a transaction and with an fsync of its own.
 * https://socket.io/docs/v4/tutorial/introduction
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http)
const keep = process.env['STORE'] === '1' ? openStore(path.join(process.env['DATA_DIR'] ?? '.', 'chat.db')) : null

function openStore(file: string): (text: string) => number {
  const database = new DatabaseSync(file)
  // As durable as Natter: the tutorial's own defaults would sync as often, and write more.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT)')
  const insert = database.prepare('INSERT INTO messages (content) VALUES (?)')
  return (text) => Number(insert.run(text).lastInsertRowid)
}

io.on('connection', (socket) => {
  // Beside the tutorial: rooms, for what is measured in rooms.
  const rooms: unknown = socket.handshake.auth['rooms']
  if (Array.isArray(rooms)) void socket.join(rooms.map(String))
  socket.on('chat message', (text: string, room?: string) => {
    const to = room === undefined ? io : io.to(room)
    if (keep) to.emit('chat message', text, keep(text))
    else to.emit('chat message', text)
  })
})

http.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`The tutorial is at http://127.0.0.1:${(http.address() as AddressInfo).port}`)
})
