import sharp from 'sharp'

/** Of all frames together. https://owasp.org: a picture is as large as it is when it is decoded. */
const PIXELS = 40_000_000
const FRAMES = 500

const loaders = {
  'image/png': 'Png',
  'image/jpeg': 'Jpeg',
  'image/gif': 'Nsgif',
  'image/webp': 'Webp',
  'image/avif': 'Heif',
}

export const options = { limitInputPixels: PIXELS, failOn: 'error' } as const

/** From now on this process opens pictures of this one kind, and none of any other. */
export function openOnly(type: string): void {
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: [`VipsForeignLoad${loaders[type as keyof typeof loaders]}`] })
}

/** How many frames it has, by what it says of itself. Throws for one that is too large to be drawn. */
export async function framesOf(source: string | Buffer): Promise<number> {
  const { width, height, pages: frames = 1 } = await sharp(source, options).metadata()
  if (frames > FRAMES || width * height * frames > PIXELS) throw new Error('too large')
  return frames
}
