import { codeIn } from '../../protocol/code.ts'

/** What stands in a box and what of it is selected; where one writes, if both ends are the same. */
export type Selected = { text: string; from: number; to: number }

/** What is to stand in place of a part of the text, and what is selected of the whole afterwards. */
export type Edit = { from: number; to: number; text: string; select: readonly [from: number, to: number] }

/** What is set between two equal signs. */
export const SIGNS = { bold: '**', italic: '_', strike: '~~' } as const

const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>]+$/i
/** What a line of a list or a quote begins with: blanks, its sign, and the box of a task. */
const MARKER = /^([ \t]*)(?:(>+) ?|([-+*])[ \t]+(?:\[([ xX])\][ \t]+)?|(\d{1,9})([.)])[ \t]+)/

/** Sets what is selected between signs, or takes them away. Blanks at its ends stay outside: a sign beside one is text. */
export function wrap({ text, from, to }: Selected, sign: string): Edit {
  const chosen = text.slice(from, to)
  const start = from + (chosen.trim() ? chosen.length - chosen.trimStart().length : 0)
  const end = chosen.trim() ? from + chosen.trimEnd().length : to
  const inner = text.slice(start, end)
  const { length } = sign
  if (text.slice(start - length, start) === sign && text.slice(end, end + length) === sign && start >= length)
    return { from: start - length, to: end + length, text: inner, select: [start - length, end - length] }
  if (inner.length >= 2 * length && inner.startsWith(sign) && inner.endsWith(sign))
    return { from: start, to: end, text: inner.slice(length, -length), select: [start, end - 2 * length] }
  return { from: start, to: end, text: sign + inner + sign, select: [start + length, end + length] }
}

/** Code: within a line between backticks, more of them than are in it; over several lines as a block. */
export function code(selected: Selected): Edit {
  const { text, from, to } = selected
  const chosen = text.slice(from, to)
  if (chosen.includes('\n')) return codeBlock(selected)
  if (!chosen.replace(/^`([^`]*)`$/, '$1').includes('`')) return wrap(selected, '`')
  const sign = '`'.repeat(longestRun(chosen) + 1)
  return { from, to, text: `${sign} ${chosen} ${sign}`, select: [from + sign.length + 1, to + sign.length + 1] }
}

/** A block of code of the selected lines, between fences that nothing in it can close. */
export function codeBlock({ text, from, to }: Selected): Edit {
  const chosen = text.slice(from, to).replace(/\n$/, '')
  const fence = '`'.repeat(Math.max(3, longestRun(chosen) + 1))
  const before = from === 0 || text[from - 1] === '\n' ? '' : '\n'
  const after = to === text.length || text[to] === '\n' ? '' : '\n'
  const at = from + before.length + fence.length + 1
  return { from, to, text: `${before}${fence}\n${chosen}\n${fence}${after}`, select: [at, at + chosen.length] }
}

/** The selected words as a link; the next thing that one writes is its address, or its words if that is what was selected. */
export function link({ text, from, to }: Selected, address = ''): Edit {
  const chosen = text.slice(from, to)
  if (!address && ADDRESS.test(chosen)) return { from, to, text: `[](${chosen})`, select: [from + 1, from + 1] }
  const words = chosen.replace(/[[\]]/g, '\\$&')
  const at = from + words.length + 3
  const end = address ? at + address.length + 1 : at
  return { from, to, text: `[${words}](${address})`, select: chosen ? [end, end] : [from + 1, from + 1] }
}

/** Whether what is pasted is an address, and nothing else. */
export const isAddress = (text: string): boolean => ADDRESS.test(text)

const lineMarks = {
  quote: { sign: () => '> ', is: /^> ?/ },
  list: { sign: () => '- ', is: /^[-+*][ \t]+/ },
  numbers: { sign: (i: number) => `${i + 1}. `, is: /^\d{1,9}[.)][ \t]+/ },
}

/** Each selected line with its sign, or without if all of them have it. What was another list becomes this one. */
export function lines({ text, from, to }: Selected, kind: keyof typeof lineMarks): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = text.indexOf('\n', to) < 0 ? text.length : text.indexOf('\n', to)
  const all = text.slice(start, end).split('\n')
  const { sign, is } = lineMarks[kind]
  const others = kind === 'quote' ? [] : [lineMarks.list.is, lineMarks.numbers.is]
  const bare = (line: string) => others.reduce((rest, other) => rest.replace(other, ''), line)
  const changed = all.every((line) => is.test(line))
    ? all.map((line) => line.replace(is, ''))
    : all.map((line, i) => sign(i) + bare(line))
  const result = changed.join('\n')
  const caret = start + result.length
  return { from: start, to: end, text: result, select: from === to ? [caret, caret] : [start, caret] }
}

/** Whether one writes in a block of code: from the line that opens it until the one that closes it is whole. */
export function isInBlock(text: string, caret: number): boolean {
  const before = `${text.slice(0, caret)}\n`
  const last = codeIn(before).at(-1)
  // A span ends with its sign, and only what is open takes the new line in.
  return last?.[1] === before.length
}

/**
 * A new line where the text goes on as it began: the next item of a list, one more line of a quote, as deep as the code before.
 * In an item with nothing in it the list ends. Null where a new line is nothing but that.
 */
export function breakLine({ text, from, to }: Selected): Edit | null {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const before = text.slice(start, from)
  if (isInBlock(text, from)) {
    const [indent = ''] = /^[ \t]*/.exec(before) ?? []
    return indent ? put(from, to, `\n${indent}`) : null
  }
  const found = MARKER.exec(before)
  if (!found) return null
  const [marker, indent = '', quote, bullet, task, number, dot] = found
  const rest = text.slice(from).split('\n', 1)[0] ?? ''
  if (before.length === marker.length && !rest.trim()) return { from: start, to, text: '', select: [start, start] }
  if (quote) return put(from, to, `\n${indent}${quote} `)
  if (bullet) return put(from, to, `\n${indent}${bullet} ${task === undefined ? '' : '[ ] '}`)
  return put(from, to, `\n${indent}${Number(number) + 1}${dot} `)
}

/** This in place of what is selected, and one writes on behind it. */
export const put = (from: number, to: number, text: string): Edit => ({
  from,
  to,
  text,
  select: [from + text.length, from + text.length],
})

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
