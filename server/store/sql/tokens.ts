import { createHash, randomBytes } from 'node:crypto'

/** What opens something: 256 bits, which nobody guesses, where fewer are not enough. In base64url. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** All that is kept of what is only to be known again: a token, a code, the text that a message was sent with. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
