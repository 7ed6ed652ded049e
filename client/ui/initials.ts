const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const first = (word: string) => graphemes.segment(word).containing(0)?.segment ?? ''

/** First letter of the first and the last word; one for scripts that write words in single signs; "?" for nothing. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean)
  const start = first(words[0] ?? '')
  if (!start) return '?'
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u.test(start))
    return start
  const end = words.length > 1 ? first(words.at(-1) ?? '') : ''
  return `${start}${end}`.toLocaleUpperCase()
}
