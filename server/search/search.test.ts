import { expect, it } from 'vitest'
import { beginningOfDay } from './days.ts'
import { marksOf, matches, weightOf } from './matching.ts'
import { parse } from './query.ts'
import { folded, unitsOf } from './units.ts'

const finds = (query: string, text: string) => matches(unitsOf(text), parse(query).terms)
const marked = (query: string, text: string) =>
  marksOf(unitsOf(text), parse(query).terms).map(([start, end]) => text.slice(start, end))

it('makes no difference between letters that differ by accent, case, width or form alone, on either side', () => {
  const same = [
    ['café', 'cafe\u0301', 'CAFE', 'ｃａｆé'],
    ['straße', 'STRASSE'],
    ['ὀδός', 'ΟΔΟΣ'],
    ['Łódź', 'lodz'],
    ['ﬁne', 'fine'],
    ['ﾊﾟｿｺﾝ', 'パソコン'],
    ['أَحْمَد', 'احمد'],
    ['שָׁלוֹם', 'שלום'],
    ['İstanbul', 'istanbul'],
    ['Việt', 'viet'],
    ['soft\u00adhyphen', 'softhyphen'],
  ]
  for (const all of same) {
    expect(new Set(all.map(folded)).size, all.join()).toBe(1)
    for (const query of all) for (const text of all) expect(finds(query, `Say ${text}!`), query).toBe(true)
  }
})

it('finds words by their beginning from two letters on, anywhere in the text, all of them', () => {
  expect(finds('cof', 'More coffee, Ann?')).toBe(true)
  expect(finds('ann cof', 'More coffee, Ann?')).toBe(true)
  expect(finds('fee', 'More coffee, Ann?')).toBe(false)
  expect(finds('coffee bob', 'More coffee, Ann?')).toBe(false)
  expect(finds('c', 'More coffee, Ann?')).toBe(false)
  expect(finds('c', 'Plan C')).toBe(true)
})

it('finds what stands in quotes word by word, and of the last word a beginning until the quote is closed', () => {
  expect(finds('"more coffee"', 'Some more, coffee!')).toBe(true)
  expect(finds('"coffee more"', 'Some more coffee')).toBe(false)
  expect(finds('"more cof', 'Some more coffee')).toBe(true)
  expect(finds('"more cof"', 'Some more coffee')).toBe(false)
})

it('finds any characters in a row where there are no spaces between words', () => {
  for (const query of ['手机', '机', '我的手', '手']) expect(finds(query, '那是我的手机吗？'), query).toBe(true)
  expect(finds('机手', '那是我的手机吗？')).toBe(false)
  for (const query of ['ครับ', 'สวัส', 'ดีค']) expect(finds(query, 'สวัสดีครับ'), query).toBe(true)
  expect(finds('🎉', 'Done 🎉🎉')).toBe(true)
  expect(finds('한국', '한국어')).toBe(true)
  expect(finds('हिन्', 'हिन्दी')).toBe(true)
})

it('marks what was found as it is written', () => {
  expect(marked('cafe vien', 'Le Cafe\u0301 de VIENNE, cafés')).toEqual(['Cafe\u0301', 'VIENNE', 'cafés'])
  expect(marked('手机', '新手机和手机')).toEqual(['手机', '手机'])
  expect(marked('"a b" b', 'a b b')).toEqual(['a b', 'b'])
  expect(marked('x', 'x '.repeat(500))).toHaveLength(100)
})

it('looks for no one’s id in a mention', () => {
  expect(finds('abc', 'hi <@abc> there')).toBe(false)
  expect(finds('hi there', 'hi <@abc> there')).toBe(true)
})

it('reads filters, and takes what only looks like one for words', () => {
  expect(
    parse(
      'from:Ann from:"Ben Day" in:Kitchen has:link has:CODE has:file is:pinned before:2026-11-01 after:2026-10-01 "two words" three',
    ),
  ).toEqual({
    terms: [
      { units: [expect.objectContaining({ text: 'two' }), expect.objectContaining({ text: 'words' })], open: false },
      { units: [expect.objectContaining({ text: 'three' })], open: true },
    ],
    from: ['Ann', 'Ben Day'],
    in: ['Kitchen'],
    has: ['link', 'code', 'file'],
    pinned: true,
    before: '2026-11-01',
    after: '2026-10-01',
  })
  for (const text of [
    'has:cake',
    'is:late',
    'before:breakfast',
    'before:2026-13-45',
    'https://example.org',
    'from:',
    'note: this',
  ]) {
    expect(parse(text), text).toMatchObject({ from: [], in: [], has: [], pinned: false, before: null, after: null })
    expect(finds(text, `it says ${text} here`), text).toBe(true)
  }
})

it('takes every sign as it comes', () => {
  for (const query of [
    '"',
    '""',
    '*',
    'a* OR b',
    'NEAR(a b)',
    '-',
    '(',
    "'; DROP",
    '^',
    '\\',
    ':',
    '"a""b',
    '\ue000',
    'NOT',
  ])
    expect(() => parse(query)).not.toThrow()
  expect(parse('" * ( :').terms).toEqual([])
})

it('prefers what says it more often in fewer words, and whole', () => {
  const weight = (text: string) => weightOf(unitsOf(text), parse('tea').terms)
  const texts = ['tea tea', 'tea', 'team', `tea ${'and so on '.repeat(30)}`]
  expect(texts.toSorted((a, b) => weight(b) - weight(a))).toEqual(texts)
})

it('begins a day when it begins where somebody is', () => {
  const hour = 3_600_000
  expect(beginningOfDay('2026-11-01', 'UTC')).toBe(Date.UTC(2026, 10, 1))
  expect(beginningOfDay('2026-07-01', 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 1) - 2 * hour)
  expect(beginningOfDay('2026-11-01', 'Asia/Kolkata')).toBe(Date.UTC(2026, 10, 1) - 5.5 * hour)
  // The clocks are changed in the night after it.
  expect(beginningOfDay('2026-10-25', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25) - 2 * hour)
  expect(beginningOfDay('2026-10-26', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 26) - hour)
})
