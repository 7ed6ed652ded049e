import { crc32, deflateSync } from 'node:zlib'

/** Small files as people might send them, made here from their parts. */

/** Three pixels wide and two high, of one colour, as a browser writes them, without anything beside the picture. */
const bare = {
  jpeg: `/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06k
bl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAACAAMDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAA
AAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAABBf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AAAT3//Z`,
  webp: 'UklGRiwAAABXRUJQVlA4ICAAAABwAQCdASoDAAIABABoJaACdAGgAACOID7o/e38cs0AAA==',
}
export const jpeg = Buffer.from(bare.jpeg, 'base64')
export const webp = Buffer.from(bare.webp, 'base64')

const chunk = (name: string, data: Buffer = Buffer.alloc(0)): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** `more` stands between the size and the data. */
export function png(width = 3, height = 2, more: [name: string, text: string][] = []): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Of a picture that nobody should decode there is only the beginning.
  const rows = Buffer.alloc(Math.min(height, 600) * (1 + 3 * Math.min(width, 600)), 0)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...more.map(([name, text]) => chunk(name, Buffer.from(text))),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND'),
  ])
}

/** The same with segments in front of what it is made of: 0xe1 is where cameras write where they were. */
export function jpegWith(segments: [marker: number, text: string][]): Buffer {
  const written = segments.map(([marker, text]) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(Buffer.byteLength(text) + 2, 2)
    return Buffer.concat([head, Buffer.from(text)])
  })
  return Buffer.concat([jpeg.subarray(0, 2), ...written, jpeg.subarray(2)])
}

/** So large as its header says, with the data of the small one. */
export function jpegOf(width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg)
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]))
  copy.writeUInt16BE(height, frame + 5)
  copy.writeUInt16BE(width, frame + 7)
  return copy
}

export function webpOf(chunks: [name: string, data: Buffer][]): Buffer {
  const body = chunks.map(([name, data]) => {
    const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  })
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(Buffer.concat(body).length + 4, 4)
  return Buffer.concat([head, ...body])
}

/** The data of the small one. */
export const lossy = webp.subarray(20)
