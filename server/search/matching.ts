import { SEARCH_MARKS } from '../../protocol/limits.ts'
import type { Unit } from './units.ts'

/** A word or several in a row. `open`: of the last word a beginning is enough. */
export type Term = { units: readonly Pick<Unit, 'text' | 'word'>[]; open: boolean }

/** Of a word of one letter everything would begin with it. */
export const isBeginning = ({ units, open }: Term): boolean => {
  const last = units.at(-1)
  return open && last !== undefined && last.word && [...last.text].length > 1
}

/** Whether a term stands in a text from this unit on. */
function standsAt(text: readonly Unit[], at: number, term: Term): boolean {
  const begins = isBeginning(term)
  return term.units.every(({ text: wanted, word }, i) => {
    const unit = text[at + i]
    if (!unit || unit.word !== word) return false
    return unit.text === wanted || (begins && i === term.units.length - 1 && unit.text.startsWith(wanted))
  })
}

/** Where a term stands in a text: of its first unit, every time. */
function* placesOf(text: readonly Unit[], term: Term): Generator<number> {
  for (let at = 0; at + term.units.length <= text.length; at++) if (standsAt(text, at, term)) yield at
}

/** The one rule of what is found: each of the terms stands somewhere in the text. */
export const matches = (text: readonly Unit[], terms: readonly Term[]): boolean =>
  terms.every((term) => !placesOf(text, term).next().done)

/** Where in the text the terms stand, in order, each place once: [start, end) in UTF-16 code units. */
export function marksOf(text: readonly Unit[], terms: readonly Term[]): [start: number, end: number][] {
  const found = terms.flatMap((term) =>
    [...placesOf(text, term)].map((at): [number, number] => [
      text[at]?.start ?? 0,
      text[at + term.units.length - 1]?.end ?? 0,
    ]),
  )
  const marks: [number, number][] = []
  for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
    const last = marks.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else marks.push([start, end])
  }
  return marks.slice(0, SEARCH_MARKS)
}

/** A text of as many words counts as it is; a longer one says each of them with less weight. */
const USUAL = 20
/** How soon saying a word again adds little, and how much length matters. Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009. */
const [SATURATION, LENGTH] = [1.2, 0.75]

/** How much a text that matches is about the terms, as BM25 has it. How rare they are does not matter: all that match have them. */
export function weightOf(text: readonly Unit[], terms: readonly Term[]): number {
  const length = 1 - LENGTH + (LENGTH * text.length) / USUAL
  return terms.reduce((sum, term) => {
    let times = 0
    // A whole word says more than one that only begins like it.
    for (const at of placesOf(text, term))
      times += text[at + term.units.length - 1]?.text === term.units.at(-1)?.text ? 1 : 0.5
    return sum + times / (times + SATURATION * length)
  }, 0)
}
