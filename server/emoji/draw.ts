import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { EMOJI_BYTES, EMOJI_SIDE } from '../../protocol/limits.ts'
import { framesOf, openOnly, options } from '../pictures/loading.ts'

/**
 * A process of its own for the picture of one emoji, which comes in and goes out by itself: `node draw.ts <type>`. It draws it anew
 * as a small WebP, without anything that is in the file beside it, and says it as JSON, in base64; of one that moves its first frame
 * too. It ends with 1 for what it cannot draw.
 */

/** From the best on, until it is small enough. */
const QUALITIES = [80, 50]

openOnly(process.argv[2] ?? '')
try {
  const source = await buffer(process.stdin)
  const moves = (await framesOf(source)) > 1
  const still = await draw(source, false)
  const picture = moves ? await draw(source, true) : still
  console.log(JSON.stringify({ picture: picture.toString('base64'), still: moves ? still.toString('base64') : null }))
} catch {
  process.exit(1)
}

/** The smallest of them where all are too large. */
async function draw(source: Buffer, animated: boolean): Promise<Buffer> {
  const opened = animated ? sharp(source, { ...options, animated }) : sharp(source, options).autoOrient()
  const fitted = opened.resize({ width: EMOJI_SIDE, height: EMOJI_SIDE, fit: 'inside', withoutEnlargement: true })
  let drawn: Buffer = Buffer.alloc(0)
  for (const quality of QUALITIES) {
    drawn = await fitted.clone().webp({ quality }).toBuffer()
    if (drawn.length <= EMOJI_BYTES) break
  }
  return drawn
}
