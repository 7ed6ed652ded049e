import { partsOf } from '../../protocol/mentions.ts'

/** A piece of a text, marked where it says what was looked for. */
export type Piece = { text: string; marked: boolean }

/** So much of a text is shown before the first place, and in all. */
const [BEFORE, LENGTH] = [60, 280]

type Marks = readonly (readonly [start: number, end: number])[]

/** Not in the middle of a character. */
const whole = (text: string, at: number) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at)

/** Where it begins, at a word if there is one near. */
function beginning(body: string, first: number): number {
  if (first <= BEFORE) return 0
  const from = first - BEFORE
  const gap = body.slice(from, first).search(/\s/)
  return gap < 0 ? whole(body, from) : from + gap + 1
}

/** What is not read as it is written: the signs that set a text, and what is hidden. */
type Cut = { start: number; end: number; instead: string }

const CODE = /(`+)(?:[\w+#-]*\n)?[^`]*\1|\|\|[^]*?(?:\|\||$)/g
const SET = /(?<![\w*~])(\*\*|__|~~|[*_])(?=\S)(?:(?!\1).)+(?<=\S)\1(?!\w)/g

/** As far as an excerpt needs it; a sign within another stays. */
function cutsIn(body: string): Cut[] {
  const cuts: Cut[] = []
  const around = (start: number, end: number, sign: string) =>
    cuts.push({ start, end: start + sign.length, instead: '' }, { start: end - sign.length, end, instead: '' })
  for (const { 0: whole, 1: sign, index } of body.matchAll(CODE)) {
    const end = index + whole.length
    if (sign) around(index, end, sign)
    else cuts.push({ start: index, end, instead: '▒▒▒' })
  }
  // What is code or hidden is not set.
  const rest = body.replace(CODE, (found) => ' '.repeat(found.length))
  for (const { 0: whole, 1: sign = '', index } of rest.matchAll(SET)) around(index, index + whole.length, sign)
  return cuts.sort((a, b) => a.start - b.start)
}

/** Where one part ends and the next begins. */
function gapsIn(parts: readonly string[]): Cut[] {
  let end = 0
  return parts.slice(1).map((part, i) => {
    end += (parts[i]?.length ?? 0) + 1
    return { start: end - 1, end, instead: end > 1 && part !== '' ? ' · ' : '' }
  })
}

/**
 * The text around the first place where it says what was looked for, with everybody's newest name. `parts`: what of a message is
 * looked through; the first of them is its text, which alone is set by signs.
 */
export function excerptOf(parts: readonly string[], marks: Marks, signOf: (id: string) => string | undefined): Piece[] {
  const body = parts.join('\n')
  const from = beginning(body, marks[0]?.[0] ?? 0)
  const to = whole(body, Math.min(body.length, from + LENGTH))
  const pieces: Piece[] = []
  const cuts = [...cutsIn(parts[0] ?? ''), ...gapsIn(parts)]
  const add = (text: string, marked: boolean) => {
    const last = pieces.at(-1)
    if (text === '') return
    if (last?.marked === marked) last.text += text
    else pieces.push({ text, marked })
  }
  let at = 0
  if (from > 0) add('…', false)
  for (const part of partsOf(body)) {
    const [start, end] = [at, at + (typeof part === 'string' ? part : part.token).length]
    at = end
    if (end <= from || start >= to) continue
    if (typeof part === 'string') addMarked(Math.max(start, from), Math.min(end, to))
    else add(signOf(part.mention) ?? part.token, false)
  }
  if (to < body.length) add('…', false)
  return pieces

  function addMarked(start: number, end: number): void {
    let done = start
    for (const [left, right] of marks) {
      if (right <= done || left >= end) continue
      addRead(done, Math.max(done, left), false)
      addRead(Math.max(done, left), Math.min(right, end), true)
      done = Math.min(right, end)
    }
    addRead(done, end, false)
  }

  function addRead(start: number, end: number, marked: boolean): void {
    let done = start
    for (const cut of cuts) {
      if (cut.end <= done || cut.start >= end) continue
      add(body.slice(done, Math.max(done, cut.start)), marked)
      if (cut.start >= done) add(cut.instead, false)
      done = Math.min(cut.end, end)
    }
    add(body.slice(done, end), marked)
  }
}
