import sharp, { type Sharp } from 'sharp'
import { framesOf, openOnly, options } from '../pictures/loading.ts'

/**
 * A process of its own for one picture: `node draw.ts <picture> <type> <anew> <small>`. It draws it anew, without anything that is
 * in the file beside it, and a small one, and says what it is as JSON. It ends with 1 for what it cannot draw. A picture that ends
 * this process, or takes all its time, does so to no other.
 */

/** The small one is sharp on screens of two pixels a point. Pixels. */
const SMALL = 800
const BLUR = 16

const [source = '', type = '', anew = '', small = ''] = process.argv.slice(2)
openOnly(type)

try {
  const moves = (await framesOf(source)) > 1
  const { width, height } = await draw(moves)
  await still()
    .resize({ width: SMALL, height: SMALL, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 })
    .toFile(small)
  const blur = await still().resize({ width: BLUR, height: BLUR, fit: 'inside' }).webp({ quality: 20 }).toBuffer()
  console.log(
    JSON.stringify({ type: drawnAs(), width, height, blur: blur.toString('base64'), ...(moves && { moves }) }),
  )
} catch {
  process.exit(1)
}

/** The first frame, the right way up. */
function still(): Sharp {
  return sharp(source, options).autoOrient()
}

/** Slow to write, and not everywhere to be read: it becomes another. */
function drawnAs(): string {
  return type === 'image/avif' ? 'image/webp' : type
}

async function draw(moves: boolean): Promise<{ width: number; height: number }> {
  const picture = moves ? sharp(source, { ...options, animated: true }) : still()
  const as = {
    'image/png': () => picture.png(),
    'image/jpeg': () => picture.jpeg({ quality: 85 }),
    'image/gif': () => picture.gif(),
    'image/webp': () => picture.webp({ quality: 85 }),
  }[drawnAs()]
  if (!as) throw new Error('no picture')
  const { width, height, pageHeight } = await as().toFile(anew)
  return { width, height: pageHeight ?? height }
}
