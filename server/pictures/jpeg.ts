import type { ReadRaster } from './raster.ts'

/** Markers of https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1. */
const [SOI, EOI, SOS, ADOBE] = [0xd8, 0xd9, 0xda, 0xee]
/** Baseline, extended and progressive: what browsers decode. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
/** How the picture is to be decoded. Where and with what it was taken (APPn), and what was remarked (COM), is not. */
const NEEDED = new Set([...FRAMES, 0xc4, 0xdb, 0xdd, SOS])
/** "Adobe", which says how the colours are stored, and nothing else. */
const ADOBE_LENGTH = 16

export const readJpeg: ReadRaster = (bytes) => {
  if (bytes.readUInt16BE(0) !== 0xff00 + SOI) return null
  const kept = [bytes.subarray(0, 2)]
  let size: { width: number; height: number } | null = null
  for (let at = 2; ;) {
    if (bytes.readUInt8(at) !== 0xff) return null
    const marker = bytes.readUInt8(at + 1)
    if (marker === EOI) return size && { ...size, bytes: Buffer.concat([...kept, bytes.subarray(at, at + 2)]) }
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    const segment = bytes.subarray(at, end)
    if (end < at + 4 || end > bytes.length) return null
    if (FRAMES.has(marker)) {
      // A second one would say another size than the first.
      if (size) return null
      size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) }
    }
    const isAdobe = marker === ADOBE && segment.length === ADOBE_LENGTH && segment.toString('latin1', 4, 9) === 'Adobe'
    if (NEEDED.has(marker) || isAdobe) kept.push(segment)
    at = marker === SOS ? endOfScan(bytes, end) : end
    if (marker === SOS) kept.push(bytes.subarray(end, at))
  }
}

/** In a scan 0xff is followed by 0, or by a marker that belongs to it; the next other marker ends it. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    if (bytes.readUInt8(at) !== 0xff) continue
    const next = bytes.readUInt8(at + 1)
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at
  }
}
