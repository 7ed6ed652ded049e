import path from 'node:path'
import { z } from 'zod'
import { Refusal } from '../../protocol/errors.ts'
import { apart } from '../pictures/apart.ts'
import { isRaster } from './kinds.ts'
import { createShares } from './shares.ts'

/** Pictures that are drawn at once, and that wait for it: of one person, and in all. */
const AT_ONCE = 2
const WAITING = { each: 12, all: 200 }
/** Milliseconds. */
const SOON = 5_000

const Drawn = z.object({
  type: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  blur: z.string().max(2_000),
  moves: z.boolean().optional(),
})
export type Drawn = z.infer<typeof Drawn>

/** Where it is drawn to. */
type Beside = { anew: string; small: string }

const program = path.join(import.meta.dirname, 'draw.ts')

const unreadable = () =>
  new Refusal(
    'invalid',
    'Natter can’t draw this picture, so it can’t take out where it was taken. Send it as a smaller JPEG or PNG, or in a ZIP file.',
  )

/** Draws pictures anew, each in a process of its own, a few at a time. */
export function createDrawing() {
  const shares = createShares(AT_ONCE, WAITING)
  return {
    /** `who` brings it. Refused: `invalid` for what cannot be drawn, as nobody knows what is hidden in it; `rate_limited` where many wait. */
    async draw(who: string, source: string, type: string, { anew, small }: Beside): Promise<Drawn> {
      if (!isRaster(type)) throw unreadable()
      const end = await shares.take(who)
      if (!end) throw new Refusal('rate_limited', 'Many pictures came at once. Try again in a moment.', SOON)
      try {
        const drawn = await apart(Drawn, program, [source, type, anew, small])
        if (!drawn) throw unreadable()
        return drawn
      } finally {
        end()
      }
    },
  }
}
