import { createSocket } from 'node:dgram'
import { onTestFinished } from 'vitest'

const TYPES: Record<number, 'A' | 'AAAA'> = { 1: 'A', 28: 'AAAA' }

/** A name server (RFC 1035, section 4) that knows these names, has no other, and says nothing of one that is null. */
export async function nameServer(known: Record<string, { A?: Buffer; AAAA?: Buffer } | null>): Promise<string> {
  const socket = createSocket('udp4', (asked, { port, address }) => {
    const end = asked.indexOf(0, 12) + 1
    const name = nameAt(asked, 12)
    const found = known[name]
    if (found === null) return
    const data = found?.[TYPES[asked.readUInt16BE(end)] ?? 'A']
    const head = Buffer.from(asked.subarray(0, 12))
    head.writeUInt16BE(found ? 0x81_80 : 0x81_83, 2)
    // One question, and an answer if there is one.
    for (const [i, count] of [1, data ? 1 : 0, 0, 0].entries()) head.writeUInt16BE(count, 4 + 2 * i)
    const record = data ? [Buffer.from([0xc0, 12]), asked.subarray(end, end + 4), lengthOf(data), data] : []
    socket.send(Buffer.concat([head, asked.subarray(12, end + 4), ...record]), port, address)
  })
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void socket.close())
  return `127.0.0.1:${socket.address().port}`
}

/** Behind four bytes for how long it holds: not at all. */
function lengthOf(data: Buffer): Buffer {
  const bytes = Buffer.alloc(6)
  bytes.writeUInt16BE(data.length, 4)
  return bytes
}

function nameAt(bytes: Buffer, from: number): string {
  const labels: string[] = []
  for (let at = from; bytes.readUInt8(at) > 0; at += bytes.readUInt8(at) + 1)
    labels.push(bytes.toString('latin1', at + 1, at + 1 + bytes.readUInt8(at)))
  return labels.join('.')
}
