import { Refusal } from '../../protocol/errors.ts'
import { PICTURE_BYTES, PICTURE_SIDE } from '../../protocol/limits.ts'
import type { Picture } from '../store/profiles.ts'
import { readJpeg } from './jpeg.ts'
import { readPng } from './png.ts'
import type { ReadRaster } from './raster.ts'
import { readWebp } from './webp.ts'

const readers: [Picture['type'], ReadRaster][] = [
  ['image/jpeg', readJpeg],
  ['image/png', readPng],
  ['image/webp', readWebp],
]

/**
 * What somebody sent as their picture, without whatever is in it beside the picture: where it was taken, texts, other files.
 * Its bytes decide what it is. Nothing is decoded here. Refused as `invalid` with the reason.
 */
export function pictureOf(bytes: Buffer): Picture {
  if (bytes.length > PICTURE_BYTES) throw new Refusal('invalid', `A picture has at most ${PICTURE_BYTES / 1000} kB.`)
  for (const [type, read] of readers) {
    const raster = attempt(read, bytes)
    if (!raster) continue
    const sides = [raster.width, raster.height]
    if (sides.some((side) => side < 1 || side > PICTURE_SIDE))
      throw new Refusal('invalid', `A picture has at most ${PICTURE_SIDE} pixels on either side.`)
    return { type, bytes: raster.bytes }
  }
  throw new Refusal('invalid', 'A picture is a JPEG, PNG or WebP file.')
}

function attempt(read: ReadRaster, bytes: Buffer): ReturnType<ReadRaster> {
  try {
    return read(bytes)
  } catch (error) {
    // It ends before it says everything.
    if (error instanceof RangeError) return null
    throw error
  }
}
