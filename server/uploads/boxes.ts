import { open, type FileHandle } from 'node:fs/promises'

/** What is looked into for more of them. */
const CONTAINERS = new Set(['moov', 'trak'])
/** What is said of a recording beside what is seen and heard: by which device, and where. */
const SAID = new Set(['udta', 'meta', 'uuid'])
/** More boxes than this no recording has on its outer levels. */
const MOST = 10_000
/** Larger than this nothing is said. Bytes. */
const LARGEST = 32_000_000

/**
 * Takes what is said of a recording out of its file, which plays as before: ISO/IEC 14496-12 calls a box whose content nobody
 * reads `free`, and nothing else moves.
 */
export async function hushBoxes(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    const { size } = await handle.stat()
    await hushIn(handle, 0, size, { left: MOST })
  } finally {
    await handle.close()
  }
}

async function hushIn(handle: FileHandle, from: number, to: number, boxes: { left: number }): Promise<void> {
  for (let at = from; to - at >= 8 && boxes.left-- > 0;) {
    const { type, head, size } = await boxAt(handle, at, to)
    if (size < head || at + size > to) return
    if (CONTAINERS.has(type)) await hushIn(handle, at + head, at + size, boxes)
    if (SAID.has(type)) {
      await handle.write(Buffer.from('free', 'latin1'), 0, 4, at + 4)
      const most = Math.min(size - head, LARGEST)
      await handle.write(Buffer.alloc(most), 0, most, at + head)
    }
    at += size
  }
}

/** A size of 1 stands for a long one behind the type, 0 for everything that is left. */
async function boxAt(handle: FileHandle, at: number, to: number) {
  const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, at)
  const type = buffer.toString('latin1', 4, 8)
  const short = buffer.readUInt32BE(0)
  if (short === 1) return { type, head: 16, size: Number(buffer.readBigUInt64BE(8)) }
  return { type, head: 8, size: short === 0 ? to - at : short }
}
