import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

/**
 * A WebSocket that costs next to nothing, so that thousands of them in one process do not hide what a server can do: it looks at
 * the first bytes of each message and lets go of the rest unread, unless it is asked for. It speaks to all servers alike.
 * RFC 6455; without extensions, in text only.
 */
export type Wire = {
  send: (text: string) => void
  /** Ends it as a lost connection does, without a word. */
  cut: () => void
}

export type Listener = {
  /** The connection is upgraded. */
  opened: (wire: Wire) => void
  /** The first bytes of a message, at most HEAD of them. True: the whole text is wanted, and `text` gets it. May be asked again about the same. */
  head: (wire: Wire, head: string) => boolean
  text: (wire: Wire, text: string) => void
  closed: (reason: string) => void
}

/** Of a message of Natter's they name the room and the revision; of the others they hold all of it. */
export const HEAD = 128

const [TEXT, CLOSE, FINAL, MASKED] = [1, 8, 0x80, 0x80]
const END_OF_HEAD = '\r\n\r\n'

/** All wires read into this one, as only one reads at a time: what is not done with at the end of a read is copied. */
const shared = Buffer.allocUnsafe(256 * 1024)

/** Masked with zeros: the server takes as much trouble to unmask it, and this process has none. */
function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text)
  if (length > 0xffff) throw new Error('Nobody here says so much at once.')
  const short = length < 126
  const frame = Buffer.alloc((short ? 6 : 8) + length)
  frame[0] = FINAL | TEXT
  frame[1] = MASKED | (short ? length : 126)
  if (!short) frame.writeUInt16BE(length, 2)
  frame.write(text, short ? 6 : 8)
  return frame
}

export function openWire(url: URL, path: string, headers: Record<string, string>, listener: Listener): void {
  let upgraded = false
  let rest: Buffer | null = null
  /** Of a message that is of no interest. */
  let skip = 0
  let reason = 'ended'

  const socket = connect({
    port: Number(url.port),
    host: url.hostname,
    noDelay: true,
    onread: {
      buffer: shared,
      callback(bytes) {
        read(rest ? Buffer.concat([rest, shared.subarray(0, bytes)]) : shared.subarray(0, bytes))
        return true
      },
    },
  })
  const wire: Wire = { send: (text) => void socket.write(frameOf(text)), cut: () => void socket.destroy() }
  socket.on('error', (error) => (reason = String(error)))
  socket.on('close', () => listener.closed(reason))
  socket.on('connect', () => {
    const lines = {
      Host: url.host,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    }
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET ${path} HTTP/1.1\r\n${head.join('')}\r\n`)
  })

  function read(data: Buffer): void {
    let at = 0
    if (!upgraded) {
      const end = data.indexOf(END_OF_HEAD)
      if (end < 0) return keep(data, 0)
      const answer = data.toString('latin1', 0, end)
      if (!answer.startsWith('HTTP/1.1 101')) {
        reason = `${answer.split('\r\n', 1)[0]} ${data.toString('utf8', end).trim()}`
        return wire.cut()
      }
      upgraded = true
      at = end + END_OF_HEAD.length
      listener.opened(wire)
    }
    while (at < data.length) {
      if (skip > 0) {
        const gone = Math.min(skip, data.length - at)
        skip -= gone
        at += gone
        continue
      }
      const size = data[at + 1]
      if (size === undefined) return keep(data, at)
      const start = at + (size === 127 ? 10 : size === 126 ? 4 : 2)
      if (start > data.length) return keep(data, at)
      const length =
        size === 127 ? Number(data.readBigUInt64BE(at + 2)) : size === 126 ? data.readUInt16BE(at + 2) : size
      const known = start + Math.min(length, HEAD)
      if (known > data.length) return keep(data, at)
      const kind = (data[at] ?? 0) & 0x0f
      if (kind === CLOSE) return wire.cut()
      const wanted = kind === TEXT && listener.head(wire, data.toString('latin1', start, known))
      if (wanted) {
        if (start + length > data.length) return keep(data, at)
        listener.text(wire, data.toString('utf8', start, start + length))
      }
      skip = Math.max(0, start + length - data.length)
      at = Math.min(data.length, start + length)
    }
    rest = null
  }

  function keep(data: Buffer, from: number): void {
    rest = Buffer.from(data.subarray(from))
  }
}
