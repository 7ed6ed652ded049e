import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Message } from '../../../protocol/messages.ts'
import { faultsOf, type Stored } from './judge.ts'
import { promisesOf } from './promises.ts'

const message = {
  roomId: 'lobby',
  seq: 1,
  rev: 3,
  authorId: 'ann',
  key: '2f1c0a36-6a4f-4f0e-9d8e-0c8a3d6f1b11',
  body: 'hi',
  sentAt: 0,
} as Message
const stored: Stored = {
  integrity: 'ok',
  rooms: [{ id: 'lobby', rev: 3, seq: 1, count: 1, newest: 1 }],
  messages: [message],
  people: ['ann'],
  tokenHashes: [createHash('sha256').update('secret').digest('base64url')],
  next: { seq: 2, count: 1 },
}

/** A text frame of a server, in two pieces as the kernel may take it. */
function sent(at: number, text: string) {
  const payload = Buffer.from(text)
  const head = Buffer.alloc(4)
  head.writeUInt8(0x81)
  head.writeUInt8(126, 1)
  head.writeUInt16BE(payload.length, 2)
  const frame = Buffer.concat([head, payload])
  return [
    { at, socket: 's', bytes: frame.subarray(0, 7) },
    { at: at + 1, socket: 's', bytes: frame.subarray(7) },
  ]
}
const ann = { id: 'ann', rev: 1, name: 'Ann', role: 'member', gone: false, tint: 0 }
const promises = promisesOf([
  { at: 1, socket: 'h', bytes: Buffer.from('HTTP/1.1 201 Created\r\nSet-Cookie: natter=secret; HttpOnly\r\n\r\n{}') },
  { at: 2, socket: 's', bytes: Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n') },
  ...sent(3, `42["events",${JSON.stringify({ roomId: 'lobby', after: 2, rev: 3, changes: [], people: [ann] })}]`),
  ...sent(5, `430[${JSON.stringify({ ok: true, data: message })}]`),
  ...sent(7, `430[${JSON.stringify({ ok: true, data: message })}]`),
])

describe('what a server promised', () => {
  it('is all that went out, from its last byte on, each thing once', () => {
    expect(promises.map((promised) => [promised.at, Object.keys(promised)[1]])).toEqual([
      [1, 'tokenHash'],
      [4, 'roomId'],
      [4, 'personId'],
      [6, 'message'],
    ])
  })

  it('is kept by a folder that has it all', () => {
    expect(faultsOf(stored, promises)).toEqual([])
  })

  const edited = { ...message, rev: 9, body: 'hello' }
  it('is kept by a folder that has gone on since', () => {
    expect(faultsOf({ ...stored, messages: [edited] }, promises)).toEqual([])
  })

  const faults: [string, Stored | { refused: string }][] = [
    ['refused: no', { refused: 'no' }],
    ['damaged: a page', { ...stored, integrity: 'a page' }],
    ['lost: message 1 of lobby', { ...stored, messages: [] }],
    ['lost: message 1 of lobby', { ...stored, messages: [{ ...message, key: 'another' }] }],
    ['lost: revision 3 of message 1 of lobby', { ...stored, messages: [{ ...message, rev: 2 }] }],
    ['changed: message 1 of lobby', { ...stored, messages: [{ ...message, body: 'ho' }] }],
    ['lost: revision 3 of lobby', { ...stored, rooms: [{ id: 'lobby', rev: 2, seq: 1, count: 1, newest: 1 }] }],
    ['lost: ann, who had come in', { ...stored, people: [] }],
    ['lost: who a cookie belongs to', { ...stored, tokenHashes: [] }],
    ['doubled: 1 messages', { ...stored, messages: [message, { ...message, seq: 2 }] }],
    [
      'gap: lobby has 1 messages, the newest is 2 of 2',
      { ...stored, rooms: [{ id: 'lobby', rev: 3, seq: 2, count: 1, newest: 2 }] },
    ],
    ['gap: a message after 1 became number 3', { ...stored, next: { seq: 3, count: 1 } }],
  ]
  it.each(faults)('is broken by: %s', (fault, found) => {
    expect(faultsOf(found, promises)).toEqual([fault])
  })
})
