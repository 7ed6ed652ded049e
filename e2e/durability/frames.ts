const UPGRADED = 'HTTP/1.1 101'
const END_OF_HEAD = '\r\n\r\n'
const TEXT = 1
const FINAL = 0x80

/**
 * Cuts what a server sends into WebSocket frames (RFC 6455, section 5.2), which are not masked in this direction. Until the
 * connection has been upgraded, and if it never is, everything goes on as it came. Give it all chunks of one connection, in
 * order; it returns what may go on: the whole frames that `isLost` does not name. Only whole text frames can be lost.
 */
export function createFrameFilter(isLost: (text: string) => boolean): (chunk: Buffer) => Buffer {
  let mode: 'head' | 'plain' | 'frames' = 'head'
  let rest: Buffer = Buffer.alloc(0)

  return (chunk) => {
    if (mode === 'plain') return chunk
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const passed: Buffer[] = []
    if (mode === 'head') {
      const end = rest.indexOf(END_OF_HEAD)
      if (!UPGRADED.startsWith(rest.toString('latin1', 0, UPGRADED.length))) mode = 'plain'
      else if (end < 0) return Buffer.alloc(0)
      else mode = 'frames'
      const head = rest.subarray(0, mode === 'plain' ? rest.length : end + END_OF_HEAD.length)
      passed.push(head)
      rest = rest.subarray(head.length)
    }
    for (let frame = firstFrame(rest); frame; frame = firstFrame(rest)) {
      const { start, end, whole } = frame
      if (!whole || !isLost(rest.toString('utf8', start, end))) passed.push(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
    return Buffer.concat(passed)
  }
}

/** Where the payload of the first frame begins and ends. Null until all of it is there. */
function firstFrame(bytes: Buffer): { start: number; end: number; whole: boolean } | null {
  const [kind, size] = bytes
  if (kind === undefined || size === undefined) return null
  const start = size === 127 ? 10 : size === 126 ? 4 : 2
  if (bytes.length < start) return null
  const length = size === 127 ? Number(bytes.readBigUInt64BE(2)) : size === 126 ? bytes.readUInt16BE(2) : size
  return bytes.length < start + length ? null : { start, end: start + length, whole: kind === (FINAL | TEXT) }
}
