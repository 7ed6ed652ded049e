/**
 * What a text is made of when it is searched: words, and single characters of scripts that put no spaces between words, each
 * with where it stands. Both sides of a search go through here, so that accents, case and width make no difference.
 */

/** `word`: letters and digits in a row, of which a beginning is enough. Otherwise one character. Where: in UTF-16 code units. */
export type Unit = { text: string; word: boolean; start: number; end: number }

/** Written without spaces. Their signs above and below are characters of their own, so that half a syllable finds the whole. */
const SPACELESS =
  /^(?=[\p{L}\p{M}\p{N}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tai_Le}\p{scx=New_Tai_Lue}\p{scx=Tai_Tham}\p{scx=Javanese}\p{scx=Balinese}\p{scx=Yi}]$/u
/** Accents, vowel points and what is not seen at all. The signs of Indian scripts are vowels, and stay. */
const SILENT =
  /^[\p{Cf}\u0640]$|^(?![\u3099\u309a])\p{M}(?<=[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Syriac}])$/u
const WORD = /^[\p{L}\p{M}\p{N}]$/u
const PICTURE = /^[\p{Extended_Pictographic}\p{Regional_Indicator}]$/u

/** Letters that Unicode does not take apart, as they are typed on a keyboard that lacks them. */
const PLAIN: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ς: 'σ' }

type Piece = { text: string; word: boolean }
/** What one character is: nothing that is seen ('silent'), what words end at ('gap'), or what is left of it when it is folded. */
type Character = 'silent' | 'gap' | readonly Piece[]

function classify(character: string): Character {
  const pieces: Piece[] = []
  let silent = true
  for (const part of character.normalize('NFKD')) {
    if (SILENT.test(part)) continue
    silent = false
    for (const one of part.toUpperCase().normalize('NFKD').toLowerCase()) {
      if (SILENT.test(one)) continue
      if (SPACELESS.test(one) || PICTURE.test(one)) pieces.push({ text: one, word: false })
      else if (WORD.test(one)) pieces.push({ text: PLAIN[one] ?? one, word: true })
    }
  }
  return silent ? 'silent' : pieces.length === 0 ? 'gap' : pieces
}

/** Of all the characters that there are few are met, and each of those over and over. */
const MOST_KNOWN = 20_000
const known = new Map<string, Character>()

function characterOf(character: string): Character {
  const found = known.get(character)
  if (found) return found
  const made = classify(character)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(character, made)
  return made
}

/** Whom a token mentions is no word of the text. */
const MENTION = /<@[\w-]{1,32}>/y

export function unitsOf(text: string): Unit[] {
  const units: Unit[] = []
  let open: Unit | null = null
  for (let at = 0; at < text.length;) {
    if (text[at] === '<') {
      MENTION.lastIndex = at
      if (MENTION.test(text)) {
        open = null
        at = MENTION.lastIndex
        continue
      }
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const [start, end] = [at, at + character.length]
    at = end
    const found = characterOf(character)
    if (found === 'silent') {
      // An accent belongs to the letter before it.
      const last = units.at(-1)
      if (last?.end === start) last.end = end
    } else if (found === 'gap') open = null
    else
      for (const { text: piece, word } of found) {
        if (word && open) {
          open.text += piece
          open.end = end
        } else {
          const unit: Unit = { text: piece, word, start, end }
          units.push(unit)
          open = word ? unit : null
        }
      }
  }
  return units
}

/** How a text looks to a search, for names that are looked for as a whole. */
export const folded = (text: string): string =>
  unitsOf(text)
    .map(({ text: unit }) => unit)
    .join(' ')
