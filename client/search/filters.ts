/** A filter whose value is a name, as it is being written: where it begins, and all of it up to the caret. */
export function filterAt(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?<!\S)(?:from|in):(?:"[^"]*|[^\s"]*)$/iu.exec(text.slice(0, caret))
  return found && { from: found.index, query: found[0] }
}

/** What is asked: a filter that says nothing yet is still being written. */
export const askedOf = (query: string): string =>
  query.replace(/(?<!\S)(?:from|in|has|is|before|after):"?$/iu, '').trim()

export type Filter = 'from' | 'in'

/** Which filter it is, and what of the name is written. */
export function partsOfFilter(query: string): { filter: Filter; name: string } {
  const [, filter = '', name = ''] = /^(\w+):"?(.*)$/su.exec(query) ?? []
  return { filter: filter.toLowerCase() === 'from' ? 'from' : 'in', name }
}

/** As it is read again: a name of several words in quotes. Its own quotes make no difference to who is found. */
export function filterOf(filter: Filter, name: string): string {
  const plain = name.replaceAll('"', '')
  return `${filter}:${/\s/.test(plain) ? `"${plain}"` : plain}`
}
