import { namedIn } from './mentions.ts'

/** Code in a message's text. This file has no zod: the client runs it as well, and not in its first load. */
type Range = readonly [from: number, to: number]

/** A line that opens a block of code, in a list or a quote too. */
const FENCE = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?(?:(`{3,})[^`]*|(~{3,}).*)$/

/**
 * Where code stands in a text, in order: from fence to fence or to the end, and between as many backticks. Each sign is looked at
 * once or twice, so the server can ask it of any text.
 */
export function codeIn(body: string): Range[] {
  const found: Range[] = []
  let [at, text, fence, from] = [0, 0, '', 0]
  for (const line of body.split('\n')) {
    const end = at + line.length
    const opened = FENCE.exec(line)
    if (fence) {
      const signs = line.replace(/^[ \t>]*/, '').trimEnd()
      if (signs.startsWith(fence) && signs === fence.charAt(0).repeat(signs.length)) {
        found.push([from, end])
        ;[text, fence] = [end, '']
      }
    } else if (opened || !line.trim()) {
      found.push(...spansIn(body, text, at))
      ;[text, from, fence] = [end, at, opened?.[1] ?? opened?.[2] ?? '']
    }
    at = end + 1
  }
  found.push(...(fence ? [[from, body.length] as const] : spansIn(body, text, body.length)))
  return found
}

/** Within one piece of text, which no empty line interrupts. */
function spansIn(body: string, from: number, to: number): Range[] {
  const runs = [...body.slice(from, to).matchAll(/\\`|`+/g)].filter(([run]) => run.startsWith('`'))
  // The nearest run of the same length behind each, found from the end.
  const next = new Map<number, number>()
  const closing: number[] = []
  for (let i = runs.length - 1; i >= 0; i--) {
    const { length } = runs[i]?.[0] ?? ''
    closing[i] = next.get(length) ?? -1
    next.set(length, i)
  }
  const found: Range[] = []
  for (let i = 0; i < runs.length; i++) {
    const [open, close] = [runs[i], runs[closing[i] ?? -1]]
    if (!open || !close) continue
    found.push([from + open.index, from + close.index + close[0].length])
    i = closing[i] ?? i
  }
  return found
}

/** A text with a blank in place of all its code. */
export function withoutCode(body: string): string {
  let text = ''
  let end = 0
  for (const [from, to] of codeIn(body)) {
    text += `${body.slice(end, from)} `
    end = to
  }
  return text + body.slice(end)
}

/** Whom a message mentions: what stands in code names nobody. */
export const mentionedIn = (body: string): string[] => namedIn(withoutCode(body))
