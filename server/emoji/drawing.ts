import path from 'node:path'
import { z } from 'zod'
import { Refusal } from '../../protocol/errors.ts'
import { EMOJI_BYTES } from '../../protocol/limits.ts'
import { apart } from '../pictures/apart.ts'
import type { Picture } from '../store/profiles.ts'
import { createTurns } from '../turns.ts'
import { kindOf } from '../uploads/kinds.ts'

const KINDS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
/** Of those that wait while one is drawn. */
const WAITING = 20
/** Milliseconds. */
const SOON = 5_000

/** In base64. */
const Drawn = z.object({ picture: z.string(), still: z.string().nullable() })
const program = path.join(import.meta.dirname, 'draw.ts')

const toPicture = (base64: string): Picture => ({ type: 'image/webp', bytes: Buffer.from(base64, 'base64') })

/**
 * Draws pictures of emoji anew, one after the other: small, and without whatever is in a file beside its picture. Its bytes decide
 * what it is. Refused: `invalid` for what is none, cannot be drawn, or moves for too long; `rate_limited` where many wait.
 */
export function createEmojiDrawing() {
  const turns = createTurns(1, [WAITING])
  return async (bytes: Buffer): Promise<{ picture: Picture; still: Picture | null }> => {
    const type = kindOf(bytes)
    if (!KINDS.includes(type)) throw new Refusal('invalid', 'The picture of an emoji is a PNG, JPEG, GIF or WebP file.')
    const end = await turns.take()
    if (!end) throw new Refusal('rate_limited', 'Many pictures came at once. Try again in a moment.', SOON)
    try {
      const drawn = await apart(Drawn, program, [type], bytes)
      if (!drawn) throw new Refusal('invalid', 'Natter can’t draw this picture. Try it as a PNG.')
      const picture = toPicture(drawn.picture)
      if (picture.bytes.length > EMOJI_BYTES)
        throw new Refusal('invalid', `This picture moves for so long that it has more than ${EMOJI_BYTES / 1000} kB.`)
      return { picture, still: drawn.still === null ? null : toPicture(drawn.still) }
    } finally {
      end()
    }
  }
}
