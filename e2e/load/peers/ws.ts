/** The least that a chat can be over WebSockets: what somebody says is sent to everybody, and nothing else happens. */
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' })
server.on('connection', (socket) => {
  socket.on('message', (text, binary) => {
    for (const client of server.clients) client.send(text, { binary })
  })
})
server.on('listening', () => {
  console.log(`The broadcast is at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
