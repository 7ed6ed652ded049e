import type { Block } from './blocks.ts'

/** As few as are shown large. */
const FEW = 3
const SIGN = /\p{RGI_Emoji}/gv
const BLANKS = /^\s*$/

/** Those that may be of the place's own, in a text of a few emoji and nothing else; null for any other, and where all are signs. */
export function aloneIn([first, ...others]: readonly Block[]): readonly string[] | null {
  if (first?.type !== 'text' || others.length > 0) return null
  // Hardly any text has one: only then its signs are looked for.
  if (!first.content.some((part) => typeof part !== 'string' && part.type === 'emoji')) return null
  const tokens: string[] = []
  let signs = 0
  for (const part of first.content) {
    if (typeof part !== 'string') {
      if (part.type !== 'emoji') return null
      tokens.push(part.token)
    } else if (BLANKS.test(part.replace(SIGN, ''))) signs += part.match(SIGN)?.length ?? 0
    else return null
  }
  return tokens.length > 0 && tokens.length + signs <= FEW ? tokens : null
}
