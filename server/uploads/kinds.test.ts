import { expect, it } from 'vitest'
import { HEAD_BYTES, kindOf } from './kinds.ts'

const kindIn = (text: string, encoding: BufferEncoding = 'latin1') => kindOf(Buffer.from(text, encoding))

it('knows a text by its being one, also where it is looked at only in part', () => {
  expect(kindIn('Grüße, 你好 🙂\r\n\tend', 'utf8')).toBe('text/plain')
  expect(kindIn('x'.repeat(HEAD_BYTES - 1) + 'ü'.repeat(9), 'utf8')).toBe('text/plain')
  for (const other of ['', 'a\0b', 'gr\xfc\xdfe', '\x1b[31mred'])
    expect(kindIn(other), JSON.stringify(other)).toBe('application/octet-stream')
})

it('knows a picture in boxes by what it names itself, or says that it is like', () => {
  expect(kindIn('\0\0\0\x18ftypheic\0\0\0\0mif1heic')).toBe('image/heic')
  expect(kindIn('\0\0\0\x18ftypmif1\0\0\0\0mif1avif')).toBe('image/avif')
  expect(kindIn('\0\0\0\x18ftypnone\0\0\0\0none')).toBe('application/octet-stream')
})
