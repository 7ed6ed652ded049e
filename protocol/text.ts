import { z } from 'zod'

/** What people wrote: of at most so many UTF-16 code units. Half a surrogate pair is not text, and no database keeps a NUL. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((given) => given.isWellFormed(), 'The text has half a character in it.')
    .refine((given) => !given.includes('\0'), 'The text has a character in it that cannot be kept.')

/** A name that the server has made up: letters, digits, - and _. */
export const madeUp = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]+$/)
