import './browser.ts'
import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import { RECONNECTION } from '../../client/socket/openSocket.ts'
import { PASSING } from '../../protocol/errors.ts'
import type { Answer, Input, Output, Payload, RequestName } from '../../protocol/index.ts'
import type { Change, RoomChanges } from '../../protocol/changes.ts'
import type { Message } from '../../protocol/messages.ts'
import { comeIn } from '../support/client.ts'
import { createLedger } from './ledger.ts'
import { numberOf, textOf } from './numbering.ts'
import type { EnterOptions, Participant, Told } from './participant.ts'

/** Milliseconds until a request counts as unanswered, and before it is made again. */
const TIMEOUT = 10_000
const AGAIN = 200

/**
 * Somebody in a crowd, in the default room: they speak the protocol as a page does, with a cursor, keys and the page's own
 * waiting between two attempts to connect, but keep no page. A thousand pages would be more than one process can be.
 */
export async function lookOn({
  url,
  name,
  author,
  keys,
  polling,
  bell = () => {},
}: EnterOptions): Promise<Participant> {
  const cookie = await comeIn(url, name)
  const socket = io(url, {
    auth: (give) => give({ natter: 1, ...people }),
    transports: polling ? ['polling'] : ['websocket'],
    forceNew: true,
    ...RECONNECTION,
    extraHeaders: { Cookie: cookie, Origin: url },
  })
  const ledger = createLedger()
  /** Which people they need not be told of again. */
  let people: { logId?: string; peopleRev?: number } = {}
  const acked = new Map<number, Told>()
  const unsent: { number: number; key: string; body: string }[] = []
  let roomId = ''
  /** The newest revision of the room that they have, and the newest that they have heard of. */
  let rev = 0
  let head = 0
  let sent = 0
  let refused = 0
  let greetedAt = 0
  let cutAt = 0
  let syncedAt = 0
  let catchingUp = false
  let sending = false

  socket.on('hello', ({ rooms, logId, peopleRev }: Payload<'hello'>) => {
    people = { logId, peopleRev }
    greetedAt = performance.now()
    const mine = rooms.find(({ room }) => room.isDefault)
    roomId = mine?.room.id ?? ''
    hear(mine?.head.rev ?? 0)
    void send()
  })
  socket.on('disconnect', () => (cutAt = performance.now()))
  socket.on('heads', ({ rooms }: Payload<'heads'>) => hear(rooms[roomId]?.rev ?? 0))
  socket.on('events', (...packets: Payload<'events'>[]) => {
    for (const changed of packets) {
      if (changed.roomId !== roomId || changed.rev <= rev) continue
      if (changed.after <= rev && !catchingUp) show(changed.changes, changed.rev)
      hear(changed.rev)
    }
  })

  async function ask<K extends RequestName>(name: K, input: Input<K>): Promise<Answer<Output<K>> | null> {
    // Socket.IO would keep it, and send it when nobody waits for it any more.
    if (!socket.connected) return null
    return socket
      .timeout(TIMEOUT)
      .emitWithAck(name, input)
      .catch(() => null)
  }

  function hear(newest: number): void {
    head = Math.max(head, newest)
    if (rev < head) void catchUp()
    else noteSynced()
  }

  async function catchUp(): Promise<void> {
    if (catchingUp) return
    catchingUp = true
    while (socket.connected && rev < head) {
      const missed = await missedSince(rev)
      if (missed) show(missed.changes, missed.rev)
      else await new Promise((resolve) => setTimeout(resolve, AGAIN))
    }
    catchingUp = false
    noteSynced()
  }

  /** All pages, to be shown together: a message that was changed later stands on a later page than those after it. */
  async function missedSince(since: number): Promise<Pick<RoomChanges, 'changes' | 'rev'> | null> {
    const changes: Change[] = []
    for (;;) {
      const answer = await ask('room:sync', { roomId, since })
      if (!answer?.ok) return null
      const { changed, reset, more } = answer.data
      for (const message of reset?.messages ?? []) changes.push({ type: 'message:changed', message })
      changes.push(...(changed?.changes ?? []))
      since = changed?.rev ?? reset?.head.rev ?? since
      if (!more) return { changes, rev: since }
    }
  }

  function show(changes: readonly Change[], upTo: number): void {
    const messages = changes.flatMap((change): Message[] =>
      change.type === 'message:changed' && change.message.rev > rev ? [change.message] : [],
    )
    for (const message of messages.sort((a, b) => a.seq - b.seq)) {
      ledger.show({ number: keys.numberOf(message), seq: message.seq, rev: message.rev })
    }
    rev = upTo
    bell('shown')
  }

  const isSynced = () => socket.connected && roomId !== '' && rev >= head
  function noteSynced(): void {
    if (syncedAt < greetedAt && isSynced()) syncedAt = performance.now()
  }

  /** One after the other, each until it is answered. */
  async function send(): Promise<void> {
    if (sending) return
    sending = true
    for (let [first] = unsent; first && socket.connected; [first] = unsent) {
      const { number, key, body } = first
      const answer = await ask('message:send', { roomId, key, body })
      if (answer === null || (!answer.ok && PASSING.has(answer.error.code))) {
        await new Promise((resolve) => setTimeout(resolve, AGAIN))
        continue
      }
      unsent.shift()
      if (answer.ok) acked.set(number, { edition: 0, deleted: false, body })
      else refused++
    }
    sending = false
  }

  await new Promise<void>((resolve) => socket.once('hello', () => resolve()))
  return {
    author,
    ledger,
    acked,
    sent: () => sent,
    revised: () => 0,
    refused: () => refused,
    say() {
      const [number, key] = [numberOf(author, ++sent), randomUUID()]
      keys.remember(key, number)
      unsent.push({ number, key, body: textOf(number) })
      bell('sent')
      void send()
    },
    waiting: () => unsent.length,
    syncedAt: () => syncedAt,
    cutAt: () => cutAt,
    isSynced,
    rev: () => rev,
    leave: () => void socket.disconnect(),
  }
}
