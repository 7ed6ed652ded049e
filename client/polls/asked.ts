import { POLL_LEAST, POLL_MOST, POLL_OPTION_LENGTH } from '../../protocol/limits.ts'

export type Asked = { question: string; options: string[] }

/** A question and what one may answer, as they are written in one line: question | answer | answer. */
export function askedIn(text: string): Asked {
  const [question = '', ...options] = text.split('|').map((part) => part.trim())
  return { question, options: options.filter(Boolean) }
}

/** Whether these can be voted on. */
export const isPoll = (options: readonly string[]): boolean =>
  options.length >= POLL_LEAST &&
  options.length <= POLL_MOST &&
  new Set(options).size === options.length &&
  options.every((option) => option.length <= POLL_OPTION_LENGTH)
