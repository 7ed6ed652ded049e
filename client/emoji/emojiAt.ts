/** The word with a ":" that ends at the caret, from its second letter on: of a time or an address it is none. */
export function emojiAt(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?<![\p{L}\p{N}:/])(:)([\p{L}\p{N}+_-]{2,32})$/u.exec(text.slice(0, caret))
  return found ? { from: found.index, query: found[2] ?? '' } : null
}
