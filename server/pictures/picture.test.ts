import { describe, expect, it } from 'vitest'
import { Refusal } from '../../protocol/errors.ts'
import { PICTURE_BYTES, PICTURE_SIDE } from '../../protocol/limits.ts'
import { pictureOf } from './picture.ts'
import { jpeg, jpegOf, jpegWith, lossy, png, webp, webpOf } from './testing/files.ts'

const secret = 'Exif\0\0 48.2082 N 16.3738 E'
const html = '<script>alert(document.domain)</script>'
const refusalOf = (bytes: Buffer): string => {
  try {
    pictureOf(bytes)
    return ''
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.message
  }
}

it('takes a JPEG, a PNG and a WebP file as they are, and says which is which by their bytes', () => {
  for (const [type, bytes] of [
    ['image/jpeg', jpeg],
    ['image/png', png()],
    ['image/webp', webp],
  ] as const) {
    expect(pictureOf(bytes)).toEqual({ type, bytes })
  }
  expect(pictureOf(png(PICTURE_SIDE, PICTURE_SIDE)).type).toBe('image/png')
  expect(pictureOf(jpegOf(PICTURE_SIDE, PICTURE_SIDE)).type).toBe('image/jpeg')
})

it('keeps of each nothing but the picture: no place where it was taken, no text, no page behind its end', () => {
  const dressed = {
    jpeg: [
      jpegWith([
        [0xe0, 'JFIF\0'],
        [0xe1, secret],
        [0xed, html],
        [0xfe, html],
      ]),
      jpeg,
    ],
    behind: [Buffer.concat([jpeg, Buffer.from(html)]), jpeg],
    png: [
      png(3, 2, [
        ['eXIf', secret],
        ['tEXt', html],
        ['iCCP', html],
      ]),
      png(),
    ],
    after: [Buffer.concat([png(), Buffer.from(html)]), png()],
    webp: [
      webpOf([
        ['VP8X', Buffer.alloc(10)],
        ['VP8 ', lossy],
        ['EXIF', Buffer.from(secret)],
        ['XMP ', Buffer.from(html)],
      ]),
      webp,
    ],
    beyond: [Buffer.concat([webp, Buffer.from(html)]), webp],
  }
  for (const [name, [given, kept]] of Object.entries(dressed)) {
    expect(Buffer.from(pictureOf(given as Buffer).bytes).equals(kept as Buffer), name).toBe(true)
  }
})

it('keeps of a WebP file what makes it transparent, and says its size anew', () => {
  const extended = Buffer.alloc(10)
  extended.writeUInt8(0xff, 0)
  extended.writeUIntLE(49_999, 4, 3)
  const given = webpOf([
    ['VP8X', extended],
    ['ALPH', Buffer.from([0, 1, 2])],
    ['VP8 ', lossy],
  ])
  const { bytes } = pictureOf(given)
  const kept = Buffer.from(bytes)
  expect(kept.readUInt8(20)).toBe(0x10)
  expect([kept.readUIntLE(24, 3), kept.readUIntLE(27, 3)]).toEqual([2, 1])
  expect(kept.includes('ALPH')).toBe(true)
  expect(pictureOf(kept)).toEqual({ type: 'image/webp', bytes: kept })
})

describe('refuses', () => {
  const kinds = 'A picture is a JPEG, PNG or WebP file.'
  const size = `A picture has at most ${PICTURE_SIDE} pixels on either side.`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`
  const broken = (bytes: Buffer) => {
    const copy = Buffer.from(bytes)
    copy.writeUInt8(copy.readUInt8(20) ^ 1, 20)
    return copy
  }
  const animated = webpOf([
    ['VP8X', Buffer.alloc(10)],
    ['ANIM', Buffer.alloc(6)],
    ['VP8 ', lossy],
  ])
  const huge = Buffer.alloc(5)
  huge.writeUInt8(0x2f)
  huge.writeUInt32LE(16_383 | (16_383 << 14), 1)

  const files: [what: string, bytes: Buffer, why: string][] = [
    ['nothing', Buffer.alloc(0), kinds],
    ['SVG', Buffer.from(svg), kinds],
    ['SVG with a declaration', Buffer.from(`<?xml version="1.0"?>${svg}`), kinds],
    ['HTML', Buffer.from(`<!doctype html>${html}`), kinds],
    ['PDF', Buffer.from('%PDF-1.7'), kinds],
    ['GIF that is a script too', Buffer.from('GIF89a=1;alert(1)//'), kinds],
    ['HTML after the first bytes of a JPEG', Buffer.from(`\xff\xd8\xff${html}`, 'latin1'), kinds],
    ['HTML after the first bytes of a PNG', Buffer.concat([png().subarray(0, 8), Buffer.from(html)]), kinds],
    ['HTML in the frame of a WebP', webpOf([['VP8 ', Buffer.from(html)]]), kinds],
    ['half a JPEG', jpeg.subarray(0, jpeg.length - 2), kinds],
    ['half a PNG', png().subarray(0, 60), kinds],
    ['half a WebP', webp.subarray(0, 40), kinds],
    ['a PNG with a wrong sum', broken(png()), kinds],
    ['a PNG without data', Buffer.concat([png().subarray(0, 33), png().subarray(-12)]), kinds],
    ['an animation', animated, kinds],
    ['a JPEG of two sizes', Buffer.concat([jpeg.subarray(0, -2), jpeg.subarray(2)]), kinds],
    ['a PNG of 50,000 × 50,000', png(50_000, 50_000), size],
    ['a JPEG of 50,000 × 50,000', jpegOf(50_000, 50_000), size],
    ['a WebP of 16,384 × 16,384', webpOf([['VP8L', huge]]), size],
    ['one pixel too wide', png(PICTURE_SIDE + 1, 1), size],
    ['no height', jpegOf(3, 0), size],
    ['too many bytes', Buffer.concat([jpeg, Buffer.alloc(PICTURE_BYTES)]), 'A picture has at most 64 kB.'],
  ]
  for (const [what, bytes, why] of files) it(what, () => expect(refusalOf(bytes)).toBe(why))

  it('every file that ends too early, without ever failing otherwise', () => {
    for (const whole of [jpeg, png(), webp]) {
      for (let length = 0; length < whole.length; length++) expect(refusalOf(whole.subarray(0, length))).not.toBe('')
    }
  })
})
