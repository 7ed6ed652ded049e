import { expect, it } from 'vitest'
import { titleOf } from './titleOf.ts'

it('reads the title that a page gives for this, or else its own, as text', async () => {
  expect(await titleOf('<title>Own</title><meta property="og:title" content="For others">')).toBe('For others')
  expect(await titleOf('<html><head><TITLE lang=de>\n Tee &amp; Kaffee &lt;b&gt;\n</TITLE>')).toBe('Tee & Kaffee <b>')
  expect(await titleOf('<title>One</title><title>Two</title>')).toBe('One')
  expect(await titleOf('<meta name="twitter:title" content="Short &#x2014; &eacute;"><title></title>')).toBe(
    'Short — é',
  )
})

it('has nothing of a page without a title, of what is behind its head, and of what is no page', async () => {
  for (const html of [
    '',
    '<body><title>late</title>',
    '<head></head><meta property="og:title" content="late">',
    '\0\0',
    '<svg>',
  ])
    expect([html, await titleOf(html)]).toEqual([html, null])
})

it('is one line without what cannot be seen or turns the direction, and no longer than a line', async () => {
  expect(await titleOf('<title>a\u202Eb\u200Bc\u0007d</title>')).toBe('a b c d')
  expect(await titleOf(`<title>${'word '.repeat(100)}</title>`)).toHaveLength(140)
  expect((await titleOf(`<title>${'😀'.repeat(200)}</title>`))?.isWellFormed()).toBe(true)
})

it.each([
  ['tags without an end, each in the one before', '<a>'],
  ['named tags, each in the one before', '<b id=x><i>'],
  ['tags that are never closed', '<'],
  ['quotes without an end', '<meta content="'],
  ['attributes without a tag that ends', '<meta a=b c d="e" '],
  ['signs in other words', '<title>&amp;&#x26;&'],
  ['titles in titles', '<title><title>'],
  ['comments without an end', '<!--'],
])('takes no longer for a page that is nothing but %s', async (_, piece) => {
  const most = 1024 * 1024
  const html = piece.repeat(Math.ceil(most / piece.length)).slice(0, most)
  let [last, longest] = [performance.now(), 0]
  const watching = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 0)
  await titleOf(html)
  await titleOf(`<title>${html}`)
  clearInterval(watching)
  // A few milliseconds, on a machine that does nothing else; whatever looks back at all that was before takes minutes.
  expect(longest).toBeLessThan(1_000)
})
