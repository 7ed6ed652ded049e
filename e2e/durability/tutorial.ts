import { io } from 'socket.io-client'
import { startNatter } from '../support/server.ts'
import { createLedger } from './ledger.ts'
import { NOT_OURS } from './keys.ts'
import { numberIn, numberOf, textOf } from './numbering.ts'
import type { EnterOptions, Participant, Told } from './participant.ts'
import type { Subject } from './subject.ts'

/** The chat that the Socket.IO tutorial ends with, server and page, under the same faults as Natter. */
export const tutorial: Subject = {
  hasNodes: false,
  start: () =>
    startNatter(
      {},
      {
        way: {
          command: [process.execPath, 'e2e/durability/tutorial-server.ts'],
          address: /The tutorial is at (http:\S+)/,
        },
      },
    ),
  enter: async (options) => openPage(options),
  async stored(url) {
    const rows = (await (await fetch(url)).json()) as { id: number; content: string }[]
    const messages = rows.map(({ id, content }) => ({
      number: numberIn(content) ?? NOT_OURS,
      seq: id,
      rev: 0,
      body: content,
      deleted: false,
      sentAt: 0,
    }))
    return { messages, rev: 0 }
  },
  // It keeps its database where the system keeps what is only for now, and nobody has to look after it.
  integrity: async () => 'ok',
}

/** The tutorial's page without its document: a key of socket id and counter, retries, and a cursor of what came last. */
function openPage({ url, author, polling, bell = () => {} }: EnterOptions): Participant {
  const auth = { serverOffset: 0 }
  const socket = io(url, {
    auth,
    ackTimeout: 10_000,
    retries: 3,
    ...(polling ? { transports: ['polling'], upgrade: false } : {}),
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 250,
  })
  const ledger = createLedger({ appends: true })
  const acked = new Map<number, Told>()
  let sent = 0
  let waiting = 0
  let counter = 0
  let connectedAt = 0
  let cutAt = 0
  socket.on('disconnect', () => (cutAt = performance.now()))
  socket.on('connect', () => (connectedAt = performance.now()))
  socket.on('chat message', (text: string, serverOffset: number) => {
    ledger.show({ number: numberIn(text) ?? NOT_OURS, seq: serverOffset, rev: 0 })
    auth.serverOffset = serverOffset
    bell('shown')
  })
  return {
    author,
    ledger,
    acked,
    sent: () => sent,
    revised: () => 0,
    refused: () => 0,
    say() {
      const number = numberOf(author, ++sent)
      const body = textOf(number)
      waiting++
      socket.emit('chat message', body, `${socket.id}-${counter++}`, (error: Error | null) => {
        waiting--
        if (!error) acked.set(number, { edition: 0, deleted: false, body })
      })
      bell('sent')
    },
    waiting: () => waiting,
    syncedAt: () => connectedAt,
    cutAt: () => cutAt,
    isSynced: () => socket.connected,
    leave: () => void socket.disconnect(),
  }
}
