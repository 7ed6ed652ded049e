import { describe, expect, it } from 'vitest'
import { codeIn, mentionedIn } from '../../protocol/code.ts'
import type { Block, Inline } from './blocks.ts'
import { parse } from './parse.ts'

const only = (body: string): readonly Inline[] => {
  const [block, ...others] = parse(body)
  expect(others).toEqual([])
  return block?.type === 'text' ? block.content : []
}
const link = (href: string, text = href): Inline => ({ type: 'link', href, content: [text] })
const own = (token: string): Inline => ({ type: 'emoji', token })
const text = (...content: Inline[]): Block => ({ type: 'text', content })

describe('in a line', () => {
  const table: [string, Inline[]][] = [
    ['no mark', ['no mark']],
    ['**a** *b* _c_ ~~d~~', [strong('a'), ' ', emphasis('b'), ' ', emphasis('c'), ' ', strike('d')]],
    ['**a *b* c**', [{ type: 'strong', content: ['a ', emphasis('b'), ' c'] }]],
    ['snake_case_name 2 * 3 * 4', ['snake_case_name 2 * 3 * 4']],
    ['`a *b* <@ann>`', [{ type: 'code', text: 'a *b* <@ann>' }]],
    ['`` a`b ``', [{ type: 'code', text: 'a`b' }]],
    ['||a|| and || b ||', [spoiler('a'), ' and ', spoiler(' b ')]],
    ['a || b', ['a || b']],
    ['\\*a\\*', ['*a*']],
    ['<b>a</b> &lt; <!-- c -->', ['<b>a</b> &lt; <!-- c -->']],
    ['hi <@ann>', ['hi ', { type: 'mention', id: 'ann', token: '<@ann>' }]],
    ['hi :cat: (:cat_1::+1:)', ['hi ', own(':cat:'), ' (', own(':cat_1:'), own(':+1:'), ')']],
    ['**:cat:** :_a_: `:cat:`', [strong(own(':cat:')), ' ', own(':_a_:'), ' ', { type: 'code', text: ':cat:' }]],
    ['10:30:45 a:cat: :cat:s :Cat: :c: \\:cat:', ['10:30:45 a:cat: :cat:s :Cat: :c: :cat:']],
    ['[a][b] [c] [d]()', ['[a][b] [c] [d]()']],
    ['a\nb\n\nc', ['a\nb\n\nc']],
    ['  a\n    b', ['  a\n    b']],
    ['a\n---\n***', ['a\n---\n***']],
  ]
  for (const [body, content] of table)
    it(`reads ${JSON.stringify(body)}`, () => {
      expect(only(body)).toEqual(content)
    })
})

describe('links', () => {
  const table: [string, Inline[]][] = [
    ['https://a.b/c.', [link('https://a.b/c'), '.']],
    ['(https://a.b/c_(d))', ['(', link('https://a.b/c_(d)'), ')']],
    ['www.a.b, a@b.org', [link('https://www.a.b/', 'www.a.b'), ', ', link('mailto:a@b.org', 'a@b.org')]],
    ['<https://a.b/>', [link('https://a.b/')]],
    ['[t](https://a.b/)', [link('https://a.b/', 't')]],
    ['![t](https://a.b/c.png)', [link('https://a.b/c.png', 't')]],
    ['[#K](/r/a_1-b)', [{ type: 'room', roomId: 'a_1-b', seq: null, content: ['#K'] }]],
    ['[x](/r/a/17)', [{ type: 'room', roomId: 'a', seq: 17, content: ['x'] }]],
    [
      '[x](/r/a/0) [x](/settings) [x](//e.vil/r/a) [x](/r/../a)',
      ['[x](/r/a/0) [x](/settings) [x](//e.vil/r/a) [x](/r/../a)'],
    ],
    ['![](https://a.b/c.png)', [link('https://a.b/c.png')]],
    ['`https://a.b/`', [{ type: 'code', text: 'https://a.b/' }]],
    ['[t](/a) [t](javascript:a) [t](//a.b)', ['[t](/a) [t](javascript:a) [t](//a.b)']],
    ['https://bank.org@a.b/', ['https://bank.org@a.b/']],
    ['https://аpple.com/x', [link('https://xn--pple-43d.com/x')]],
    ['https://例え.jp/', [link('https://xn--r8jz45g.jp/', 'https://例え.jp/')]],
  ]
  for (const [body, content] of table)
    it(`reads ${JSON.stringify(body)}`, () => {
      expect(only(body)).toEqual(content)
    })

  it('shows both addresses where a link says one and leads to another', () => {
    const [a, b] = ['https://bank.org/', 'https://a.b/']
    expect(only(`[${a}](${b})`)).toEqual(['[', link(a), '](', link(b), ')'])
  })
})

describe('in blocks', () => {
  const table: [string, Block[]][] = [
    ['> a\n> b\nc', [{ type: 'quote', content: [text('a\nb')] }, text('c')]],
    ['> > a', [{ type: 'quote', content: [{ type: 'quote', content: [text('a')] }] }]],
    ['- a\n- b\nc', [list(null, item(text('a')), item(text('b'))), text('c')]],
    ['- a\n  - b\n    c', [list(null, item(text('a'), list(null, item(text('b\nc')))))]],
    ['3. a\n4. b', [list(3, item(text('a')), item(text('b')))]],
    ['- [x] a\n- [ ] b', [list(null, { done: true, content: [text('a')] }, { done: false, content: [text('b')] })]],
    ['# A\n#### B\n#c', [heading(1, 'A'), heading(3, 'B'), text('#c')]],
    ['```TS\na\n\n *b*\n```\nc', [code('ts', 'a\n\n *b*'), text('c')]],
    ['```\na', [code('', 'a')]],
    ['> ```\n> a\n> ```', [{ type: 'quote', content: [code('', 'a')] }]],
    [
      '|a|b|\n|-|:-:|\n|1|*2*|\n||3|4|',
      [
        {
          type: 'table',
          aligned: ['start', 'center'],
          rows: [
            [['a'], ['b']],
            [['1'], [emphasis('2')]],
            [[], ['3']],
          ],
        },
      ],
    ],
  ]
  for (const [body, blocks] of table)
    it(`reads ${JSON.stringify(body)}`, () => {
      expect(parse(body)).toEqual(blocks)
    })
})

it('leaves as it was typed what nobody writes: too deep, or too many signs', () => {
  for (const body of [
    '>'.repeat(20),
    '- '.repeat(40),
    '*a '.repeat(2_000),
    '[a](https://b.c) '.repeat(900),
    '- a\n'.repeat(900),
  ])
    expect(parse(body)).toEqual([text(body)])
  const listing = `\`\`\`\n${'a[i] * b_c'.repeat(1_000)}\n\`\`\``
  expect(parse(listing)).toMatchObject([{ type: 'code' }])
})

it('finds the same code in a text as the server, who mentions nobody in it', () => {
  expect(mentionedIn('<@a> `<@b>` ``<@c> ` <@d>``\n```\n<@e>\n```\n<@f>\n> ~~~\n> <@g>')).toEqual(['a', 'f'])
  for (const body of [
    '`a',
    'a\n\n`b\n\nc`',
    '\\`a`',
    '```a``` b',
    '- ```\n  a\n  ```\nb',
    '~~~\n\n~~~~ \nb',
    '`a`` b`',
  ]) {
    const drawn = JSON.stringify(parse(body).flatMap(codes))
    expect(drawn === '[]', body).toBe(codeIn(body).length === 0)
  }
})

function codes(part: Block | Inline): string[] {
  if (typeof part === 'string') return []
  if (part.type === 'code') return [part.text]
  if (part.type === 'list') return part.items.flatMap(({ content }) => content.flatMap(codes))
  return 'content' in part ? part.content.flatMap(codes) : []
}

describe('work', () => {
  const signs = ['a@b.com', 'a@b.com ', '*', '*a ', 'a**b', '_a', '[', '[a](', '![', '[a](https://b.c) ', 'https://']
  const more = [
    'www.',
    '<@abc> ',
    '>',
    '> ',
    '- ',
    '1. ',
    '- a\n',
    '`',
    '` ',
    '|',
    '||a',
    '|a',
    '<',
    '~~a',
    '\\',
    '# a\n',
  ]
  const shapes = Object.fromEntries(
    [...signs, ...more, '```\n', '> - ', ' ', '\n', 'a\n\n', '\t'].map((sign) => [
      sign,
      (size: number) => sign.repeat(size / sign.length),
    ]),
  )
  const others: Record<string, (size: number) => string> = {
    'runs of backticks': (size) => Array.from({ length: Math.sqrt(size * 2) }, (_, i) => `${'`'.repeat(i)} `).join(''),
    'a deep list': (size) => Array.from({ length: Math.sqrt(size) }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
    'a table': (size) => `|a|b|\n|-|-|\n${'|a|b|\n'.repeat(size / 6)}`,
    'a wide table': (size) => `${'|a'.repeat(size / 4)}\n${'|-'.repeat(size / 4)}`,
  }
  /** Of a text of this size, the best of a few: milliseconds. */
  const cost = (shape: (size: number) => string, size: number) => {
    const body = shape(size)
    const times = Array.from({ length: 8 }, () => {
      const start = performance.now()
      parse(body)
      return performance.now() - start
    })
    return Math.min(...times)
  }

  for (const [name, shape] of Object.entries({ ...shapes, ...others }))
    it(`of four times as much ${JSON.stringify(name)} is not sixteen times as much`, () => {
      const [less, much] = [cost(shape, 4_000), cost(shape, 16_000)]
      // Where so little is measured, it says nothing of growth.
      expect(much / Math.max(less, 4)).toBeLessThan(10)
    })
})

function strong(content: Inline): Inline {
  return { type: 'strong', content: [content] }
}
function emphasis(content: Inline): Inline {
  return { type: 'emphasis', content: [content] }
}
function strike(content: Inline): Inline {
  return { type: 'strike', content: [content] }
}
function spoiler(content: Inline): Inline {
  return { type: 'spoiler', content: [content] }
}
function list(start: number | null, ...items: Extract<Block, { type: 'list' }>['items']): Block {
  return { type: 'list', start, items }
}
function item(...content: Block[]) {
  return { done: null, content }
}
function heading(level: 1 | 2 | 3, ...content: Inline[]): Block {
  return { type: 'heading', level, content }
}
function code(language: string, body: string): Block {
  return { type: 'code', language, text: body }
}
