/** More messages than one author writes in any run. */
const MOST = 1e7

/**
 * One message of one author as one number. Every message says it in its text, so that it is known again whatever becomes of
 * its key and its position: the sender's own counting, which no server and no client takes part in.
 */
export const numberOf = (author: number, n: number): number => author * MOST + n
export const authorOf = (number: number): number => Math.floor(number / MOST)
export const countOf = (number: number): number => number % MOST

export const textOf = (number: number, more = ''): string => `${authorOf(number)}:${countOf(number)};${more}`

/** Null for a text that nobody of ours wrote, and for that of a deleted message. */
export function numberIn(text: string): number | null {
  const [, author, n] = /^(\d+):(\d+);/.exec(text) ?? []
  return author === undefined || n === undefined ? null : numberOf(Number(author), Number(n))
}
