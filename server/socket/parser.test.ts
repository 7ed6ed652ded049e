import fc from 'fast-check'
import { Encoder, PacketType, type Packet } from 'socket.io-parser'
import { expect, it } from 'vitest'
import { besides, TextEncoder, toldToMany } from './parser.ts'

const [ours, theirs] = [new TextEncoder(), new Encoder()]
const content = fc.jsonValue({ maxDepth: 3 })
const list = fc.array(fc.record({ id: fc.string(), said: content }))

it('writes packets as Socket.IO does, whatever of them is told to many', () => {
  const packet = fc.record({
    type: fc.constantFrom(PacketType.EVENT, PacketType.ACK),
    nsp: fc.constantFrom('/', '/elsewhere'),
    id: fc.option(fc.nat(), { nil: undefined }),
    data: fc.array(fc.oneof(content, fc.constant(undefined), fc.dictionary(fc.string(), content))),
  })
  const marked = fc.record({ all: list, others: list, some: fc.dictionary(fc.string(), content) })
  fc.assert(
    fc.property(packet, marked, ({ data, ...rest }, { all, others, some }) => {
      const packetOf = (parts: unknown[]) => ({ ...rest, data: [...data, ...parts] }) as Packet
      const plain = [{ ok: true, all: [...all, ...others], none: undefined }, { data: some }, some]
      toldToMany(all)
      toldToMany(some)
      const told = [{ ok: true, all: besides(all, others), none: undefined }, { data: some }, some]
      expect(ours.encode(packetOf(told))).toEqual(theirs.encode(packetOf(plain)))
    }),
  )
})

it('writes the packets by which one is connected, refused and ended as Socket.IO does', () => {
  const packets: Packet[] = [
    { type: PacketType.CONNECT, nsp: '/', data: { sid: 'a' } },
    { type: PacketType.CONNECT_ERROR, nsp: '/', data: { message: 'unauthorized' } },
    { type: PacketType.CONNECT_ERROR, nsp: '/elsewhere', data: { message: 'Invalid namespace' } },
    { type: PacketType.DISCONNECT, nsp: '/' },
  ]
  for (const packet of packets) expect(ours.encode(packet)).toEqual(theirs.encode(packet))
})
