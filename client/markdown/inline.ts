import type { Inline } from './blocks.ts'

/** What is done with the parts of a line. */

export const isLink = (part: Inline): boolean =>
  typeof part !== 'string' &&
  (part.type === 'link' || part.type === 'room' || ('content' in part && part.content.some(isLink)))

/** Pieces of text that touch are one. */
export function joined(parts: readonly Inline[]): Inline[] {
  const result: Inline[] = []
  for (const part of parts) {
    const before = result.at(-1)
    if (typeof part === 'string' && typeof before === 'string') result[result.length - 1] = before + part
    else if (part !== '') result.push(part)
  }
  return result
}

export const withoutIndent = (part: Inline): Inline => {
  if (typeof part === 'string') return part.replace(/\n[ \t]+/g, '\n')
  return 'content' in part ? { ...part, content: part.content.map(withoutIndent) } : part
}

export function trimmed(content: readonly Inline[]): Inline[] {
  return content.flatMap((part, i): Inline[] => {
    if (typeof part !== 'string') return [part]
    const text = i === 0 ? part.trimStart() : part
    const rest = i === content.length - 1 ? text.trimEnd() : text
    return rest === '' ? [] : [rest]
  })
}

/** One blank on either side only keeps the signs apart. */
export function codeText(written: string): string {
  const size = /^`+/.exec(written)?.[0].length ?? 0
  const text = written.slice(size, -size)
  return /^\s.*\S.*\s$/s.test(text) ? text.slice(1, -1) : text
}
