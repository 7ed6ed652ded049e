import { HOLDS, inText, type Beside, type InText } from '../../search/holding.ts'
import { isBeginning, type Term } from '../../search/matching.ts'
import { unitsOf, type Unit } from '../../search/units.ts'

/**
 * What the index of a message is asked by. It only has to find all that match, and few others: each is looked at again. So it
 * knows of each word once that it is there, not where. Tokens have no space and no ASCII signs: the index takes them as they are.
 */

/** Raised when other terms are indexed than before: then everything is indexed anew. So it is when Unicode has changed. */
export const TERMS = `3 ${process.versions.unicode}`

/** Of a longer word this much is known. UTF-16 code units. */
const LENGTH = 40

/** Not letters, and so in nobody's text. */
const [ROOM, AUTHOR] = ['\ue000', '\ue001']
const SIGNS: Record<InText, string> = { link: '\ue002', code: '\ue003' }

const encoded = (id: string) => Buffer.from(id).toString('hex')
export const roomTerm = (id: string) => `${ROOM}${encoded(id)}`
export const authorTerm = (id: string) => `${AUTHOR}${encoded(id)}`

const cut = (word: string) => (word.length > LENGTH ? word.slice(0, LENGTH).replace(/[\ud800-\udbff]$/, '') : word)

type Part = Pick<Unit, 'text' | 'word'>

/** A character and the one after it: most single characters are in too many texts. */
const pairOf = (unit: Part, next: Part | undefined) => (next && !next.word ? unit.text + next.text : null)

/** All terms of a message, as the index takes them in. */
export const termsOf = (roomId: string, authorId: string, body: string): string =>
  listOfTerms(roomId, authorId, body).join(' ')

export function listOfTerms(roomId: string, authorId: string, body: string): string[] {
  const terms = new Set([roomTerm(roomId), authorTerm(authorId)])
  for (const what of inText) if (HOLDS[what](body)) terms.add(SIGNS[what])
  const units = unitsOf(body)
  for (const [i, unit] of units.entries()) {
    terms.add(cut(unit.text))
    const pair = unit.word ? null : pairOf(unit, units[i + 1])
    if (pair !== null) terms.add(pair)
  }
  return [...terms]
}

/** One of these is in the message: just so, or as the beginning of a word. */
export type Ask = readonly { text: string; isBeginning?: boolean }[]

function asksOfTerm(term: Term): Ask[] {
  return term.units.flatMap((unit, i): Ask[] => {
    const [before, next] = [term.units[i - 1], term.units[i + 1]]
    if (unit.word) return [[{ text: cut(unit.text), isBeginning: i === term.units.length - 1 && isBeginning(term) }]]
    const pair = pairOf(unit, next)
    if (pair !== null) return [[{ text: pair }]]
    return before && !before.word ? [] : [[{ text: unit.text }]]
  })
}

/** What is asked of the index: all terms, one of the rooms and one of the authors where these are given. None for everything. */
export function asksOf(
  terms: readonly Term[],
  {
    has,
    roomIds,
    authorIds,
  }: {
    has: readonly (InText | Beside)[]
    roomIds: readonly string[] | null
    authorIds: readonly string[] | null
  },
): Ask[] {
  const oneOf = (all: string[] | undefined) => (all ? [all.map((text) => ({ text }))] : [])
  const asks = [
    ...terms.flatMap(asksOfTerm),
    ...inText.filter((what) => has.includes(what)).map((what) => [{ text: SIGNS[what] }]),
    ...oneOf(roomIds?.map(roomTerm)),
    ...oneOf(authorIds?.map(authorTerm)),
  ]
  return [...new Map(asks.map((ask) => [JSON.stringify(ask), ask])).values()]
}
