import { randomBytes } from 'node:crypto'

/** Short enough for an address, long enough that nobody guesses one: 72 bits. */
export const newId = (): string => randomBytes(9).toString('base64url')
