import type { ReadRaster } from './raster.ts'

/** Of the flags of a VP8X chunk: that there is an alpha channel. */
const ALPHA = 0x10

/** https://developers.google.com/speed/webp/docs/riff_container */
export const readWebp: ReadRaster = (bytes) => {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null
  const chunks = chunksOf(bytes)
  if (!chunks) return null
  const { VP8X: extended, ALPH: alpha, 'VP8 ': lossy, VP8L: lossless } = chunks
  const data = lossy ?? lossless
  // Two, or none but those of an animation, are no picture.
  if (!data || (lossy && lossless) || chunks['ANIM']) return null
  const size = lossy ? sizeOfLossy(lossy) : sizeOfLossless(data)
  if (!size) return null
  if (!alpha || !lossy || !extended) return { ...size, bytes: wrap([data]) }
  // The size of the whole is said apart from that of what is in it; here they are one.
  const header = Buffer.alloc(18)
  header.write('VP8X', 'latin1')
  header.writeUInt32LE(10, 4)
  header.writeUInt8(ALPHA, 8)
  header.writeUIntLE(size.width - 1, 12, 3)
  header.writeUIntLE(size.height - 1, 15, 3)
  return { ...size, bytes: wrap([header, alpha, lossy]) }
}

/** Each whole, with its header; or null if the file ends within one, or has one twice. */
function chunksOf(bytes: Buffer): Record<string, Buffer | undefined> | null {
  const chunks: Record<string, Buffer | undefined> = Object.create(null)
  const last = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  for (let at = 12; at < last;) {
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length % 2)
    const name = bytes.toString('latin1', at, at + 4)
    if (end > last || chunks[name]) return null
    chunks[name] = bytes.subarray(at, end)
    at = end
  }
  return chunks
}

/** https://datatracker.ietf.org/doc/html/rfc6386#section-9.1: only a key frame says its size. */
function sizeOfLossy(chunk: Buffer): { width: number; height: number } | null {
  if ((chunk.readUInt8(8) & 1) !== 0 || chunk.readUIntBE(11, 3) !== 0x9d012a) return null
  return { width: chunk.readUInt16LE(14) & 0x3fff, height: chunk.readUInt16LE(16) & 0x3fff }
}

/** https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification */
function sizeOfLossless(chunk: Buffer): { width: number; height: number } | null {
  if (chunk.readUInt8(8) !== 0x2f) return null
  const sizes = chunk.readUInt32LE(9)
  return { width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 }
}

function wrap(chunks: Buffer[]): Buffer {
  const body = Buffer.concat(chunks)
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  header.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([header, body])
}
