import { Refusal } from '../../protocol/errors.ts'
import type { KeptFile } from '../store/files.ts'
import type { Arriving, Piece } from './arriving.ts'

/** Files of one person that come at once, at most. */
const COMING = 8
/** Milliseconds. */
const SOON = 5_000

/** What comes just now: a few files of each person. */
export function createComing(arriving: Arriving) {
  let promised = 0
  /** Whose they are, by the newest connection of each: what was cut may not be over yet. */
  const open = new Map<string, { uploaderId: string }>()

  return {
    /** Bytes that are on their way, and not on the disk yet. */
    promised: () => promised,
    /** Resolves to the offset after it. Refused: as by `append`; `rate_limited` for who has many others open. */
    async take({ file: { id, size }, uploaderId }: KeptFile, piece: Piece): Promise<number> {
      const left = size - piece.offset
      // It would count as less than nothing on its way, and so make room on a full disk.
      if (left < 0) throw new Refusal('conflict', `This file ends at ${size}.`)
      const others = [...open].filter(([one, whose]) => one !== id && whose.uploaderId === uploaderId)
      if (others.length >= COMING)
        throw new Refusal('rate_limited', 'Many of your files come at once. Try again in a moment.', SOON)
      const mine = { uploaderId }
      open.set(id, mine)
      promised += left
      try {
        return await arriving.append(id, size, piece)
      } finally {
        promised -= left
        if (open.get(id) === mine) open.delete(id)
      }
    },
  }
}
