import { Refusal } from '../../protocol/errors.ts'
import { lookAlikes } from './lookAlikes.ts'

/** Nothing that cannot be seen, that turns the direction of what follows, or that piles marks on a letter. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u3164\uffa0]/u
const PILED = /\p{M}{3}/u
const VISIBLE = /[\p{L}\p{N}\p{S}\p{P}]/u

/** A name as it is kept and shown: NFKC, no space at the ends, one between words. Refused as `invalid` with the reason. */
export function normaliseName(name: string, most: number): string {
  const shown = name.normalize('NFKC').trim().replace(/\s+/gu, ' ')
  if (!shown.isWellFormed() || HIDDEN.test(shown) || PILED.test(shown.normalize('NFD'))) {
    throw new Refusal('invalid', 'A name is made of letters that everybody can see.')
  }
  if (shown.length > most) throw new Refusal('invalid', `A name has at most ${most} characters.`)
  if (!VISIBLE.test(shown)) throw new Refusal('invalid', 'A name has at least one letter.')
  return shown
}

/**
 * What a name looks like: two names that a reader may take for one another have the same appearance. After the skeleton of
 * Unicode UTS #39, without case, and without spaces, dots, dashes and underscores, which tell nobody apart.
 */
export function appearanceOf(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu, '')
    .toLowerCase()
    .normalize('NFD')
  let looks = ''
  for (const letter of plain) looks += lookAlikes.get(letter) ?? letter
  const bare = looks
    .replace(/[\s._\-'’]+/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
  return bare || plain
}
