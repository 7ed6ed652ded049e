import { expect, it } from 'vitest'
import { hostOf } from './hostOf.ts'
import { linkOf } from './linkOf.ts'

const on = { LINK_PREVIEWS: 'on' as const, ORIGIN: ['https://chat.fernhill.example'] }

it.each([
  ['Look: https://a.example/cake.', 'https://a.example/cake'],
  ['(see http://a.example/b_(c))', 'http://a.example/b_(c)'],
  ['www.a.example and https://b.example', 'https://www.a.example/'],
  ['[Cake](https://a.example/1 "Yes") https://b.example', 'https://a.example/1'],
  ['[https://a.example](https://b.example)', 'https://b.example/'],
  ['Not <https://a.example> but https://b.example', 'https://b.example/'],
  ['`https://a.example` https://b.example', 'https://b.example/'],
  ['```\nhttps://a.example\n```\nhttps://b.example', 'https://b.example/'],
  ['||https://a.example|| https://b.example', 'https://b.example/'],
  ['[||a||](https://a.example) https://b.example', 'https://b.example/'],
  ['https://chat.fernhill.example/r/1/2 https://b.example', 'https://b.example/'],
  ['> https://a.example', 'https://a.example/'],
  ['**https://a.example**', 'https://a.example/'],
  ['[x] and [y](z) https://a.example', 'https://a.example/'],
])('finds where %s leads', (body, link) => expect(linkOf(body, on)).toBe(link))

it.each([
  'no link',
  'me@a.example',
  'xhttps://a.example',
  'javascript:alert(1)',
  'https://ann:secret@a.example',
  'https://a.example:8080/',
  'http://localhost/',
  'http://printer/',
  'http://nas.local/',
  'http://10.0.0.1/ http://[::1]/ http://0x7f000001/ http://2130706433/',
  `https://a.example/${'x'.repeat(1_000)}`,
  '||hidden\n\nhttps://a.example||',
])('finds nothing to tell of in %s', (body) => expect(linkOf(body, on)).toBeUndefined())

it('finds nothing where that is turned off', () => {
  expect(linkOf('https://a.example', { ...on, LINK_PREVIEWS: 'off' })).toBeUndefined()
})

it.each(['|', '||', '[', '[](', '](', '<', '`', '(', 'https://', 'www.', '[a](https://a(', '://'])(
  'takes no longer for a text that is nothing but %s',
  (piece) => {
    const body = `${piece.repeat(Math.ceil(16_000 / piece.length)).slice(0, 15_990)} https://`
    const since = performance.now()
    linkOf(body, on)
    expect(performance.now() - since).toBeLessThan(200)
  },
)

it('says whose a host is, however long it is', () => {
  expect(hostOf('https://www.a.example/x')).toBe('a.example')
  expect(hostOf('https://пример.example/')).toBe('xn--e1afmkfd.example')
  expect(hostOf(`https://bank.example.${'x'.repeat(50)}.evil.example/`)).toMatch(/^…x{20,}\.evil\.example$/)
})
