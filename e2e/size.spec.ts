import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const dist = path.join(import.meta.dirname, '..', 'dist')
const kilobyte = 1000

test('the first load stays within its budget, and brings no zod', () => {
  const page = readFileSync(path.join(dist, 'index.html'), 'utf8')
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file)
  const sizeOf = (end: string, packed: boolean) =>
    files
      .filter((file) => file.endsWith(end))
      .map((file) => readFileSync(path.join(dist, file)))
      .reduce((sum, bytes) => sum + (packed ? gzipSync(bytes, { level: 9 }) : bytes).length, 0) / kilobyte
  const sizes = { js: sizeOf('.js', true), css: sizeOf('.css', true), fonts: sizeOf('.woff2', false) }
  console.log(JSON.stringify(sizes))
  expect(sizes.js).toBeGreaterThan(10)
  expect(sizes.js).toBeLessThanOrEqual(110)
  expect(sizes.css).toBeLessThanOrEqual(12)
  expect(sizes.fonts).toBeGreaterThan(10)
  expect(sizes.fonts).toBeLessThanOrEqual(35)
  expect(sizes.js + sizes.css + sizes.fonts).toBeLessThanOrEqual(160)

  const scripts = readdirSync(path.join(dist, 'assets')).filter((file) => file.endsWith('.js'))
  for (const file of scripts) expect(readFileSync(path.join(dist, 'assets', file), 'utf8')).not.toContain('ZodError')
})
