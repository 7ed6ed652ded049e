/** So much of a text may be more than twenty lines, on a phone at least. What is no longer is never folded, and nothing asks how high it is. */
const LONG = /^(?:[^]{400}|(?:.*\n){19})/

export const mayFold = (body: string): boolean => LONG.test(body)
