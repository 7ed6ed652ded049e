import { crc32 } from 'node:zlib'
import type { ReadRaster } from './raster.ts'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
/** Size, colours, transparency, data. Texts, times, EXIF and the other pictures of an animation are not needed. */
const NEEDED = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
export const readPng: ReadRaster = (bytes) => {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return null
  const kept: Buffer[] = [SIGNATURE]
  const found = new Set<string>()
  for (let at = 8; ;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null
    // The size stands first, and once.
    if ((name === 'IHDR') === found.has('IHDR')) return null
    found.add(name)
    if (NEEDED.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') break
    at = end
  }
  if (!found.has('IDAT')) return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes: Buffer.concat(kept) }
}
