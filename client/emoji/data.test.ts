import { expect, it } from 'vitest'
import { groups, nameOf, search, TONES, withTone } from './data.ts'
import { emojiAt } from './emojiAt.ts'

it('has only what the server takes, in every tone', () => {
  const all = groups.flatMap(({ emoji }) => emoji)
  expect(all.length).toBeGreaterThan(1_800)
  const signs = all.flatMap(({ emoji }) => TONES.map((tone) => withTone(emoji, tone)))
  expect(signs.filter((sign) => !/^\p{RGI_Emoji}$/v.test(sign))).toEqual([])
  expect([withTone('👍', '🏿'), withTone('🧑‍🤝‍🧑', '🏻'), withTone('✋', ''), withTone('🎂', '🏿')]).toEqual([
    '👍🏿',
    '🧑🏻‍🤝‍🧑🏻',
    '✋',
    '🎂',
  ])
})

it('calls each by its name, whatever its tone, and what it does not know by itself', () => {
  expect([nameOf('👍🏿'), nameOf('❤️'), nameOf('🦄🦄')]).toEqual(['thumbs up', 'red heart', '🦄🦄'])
})

it('finds first what is called so, is of that kind, or begins so, and of these what everybody knows', () => {
  expect(search('cake')[0]?.emoji).toBe('🎂')
  expect(search('fire')[0]?.emoji).toBe('🔥')
  expect(search('cat')[0]?.name).toMatch(/^cat/)
  expect(search('thumbs_u')[0]?.emoji).toBe('👍')
  expect(search(' ')).toEqual([])
  expect(search('face', 8)).toHaveLength(8)
})

it('finds the word with a colon that is being written, from its second letter on', () => {
  const at = (text: string) => emojiAt(text.replace('|', ''), text.indexOf('|'))
  expect(at('hi :ca|ke')).toEqual({ from: 3, query: 'ca' })
  expect(at('(:+1|')).toEqual({ from: 1, query: '+1' })
  for (const text of ['hi :c|', 'at 10:30|', 'https://ex|', 'a:bc|', ': ca|', ':) |']) expect(at(text)).toBeNull()
})
