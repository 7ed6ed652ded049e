import { range } from './setting.ts'

/** Syllables of which words are made that begin like one another, in several scripts, some of them without spaces. */
export const SYLLABLES: readonly (readonly string[])[] = [
  ['ca', 'fé', 'tea', 'Ma', 'ß', 'É', 'ing', 'o'],
  ['да', 'Мо', 'сква', 'ё', 'й'],
  ['سَ', 'لا', 'م', 'أح', 'مد'],
  ['手', '机', '的', '我', '用', 'カ', 'が'],
  ['ส', 'วั', 'ดี', 'ค', 'รับ'],
  ['한', '국', '어', '말'],
  ['हि', 'न्दी', 'की', 'बात'],
]
const GAPS = [' ', ' ', ' ', ', ', '', '-', ' "', '* ', '🎉', '\n', ' <@ann> ', 'https://x.org/', ' `code` ']

/** By chance, but always the same: from 0 up to and without `most`. */
export function dice(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (state * 48_271) % 2_147_483_647
    return state % most
  }
}

/** A text of a few words; now and then of none. */
export function babble(roll: (most: number) => number): string {
  const pick = <T>(all: readonly T[]): T => all[roll(all.length)] as T
  return range(1, 1 + roll(6))
    .map(() => {
      const script = pick(SYLLABLES)
      return range(1, 1 + roll(3))
        .map(() => pick(script))
        .join('')
        .concat(pick(GAPS))
    })
    .join('')
}

/** What somebody may look for in it: what was said, a part of it, or in quotes. */
export function queriesFor(roll: (most: number) => number, count: number): string[] {
  const some = range(1, count).map((i) => {
    const text = babble(roll)
    return i % 5 === 0 ? `"${text.replaceAll('"', '')}"` : text.slice(0, 1 + roll(6))
  })
  return [...some, ...SYLLABLES.flat(), '手机', '的我', 'ดีค', 'cafe', 'CAFÉ', 'a* OR b', 'NEAR(', '""', '🎉']
}
