import { z } from 'zod'

/** In a text and in a reaction it stands between colons. */
export const EmojiName = z
  .string()
  .regex(/^[a-z0-9_+-]{2,32}$/, 'The name of an emoji has 2 to 32 signs, of a to z, 0 to 9, _, + and -.')

/** An emoji of a place's own: its picture is at `/api/pictures/<picture>`, for who is in. */
export const OwnEmoji = z
  .object({
    name: z.string(),
    picture: z.string(),
    /** Of one that moves, its first frame, for whoever wants nothing to move. Left out if it does not. */
    still: z.string().optional(),
  })
  .meta({ id: 'OwnEmoji', description: 'An emoji of a place’s own, written as its name between colons.' })
export type OwnEmoji = z.infer<typeof OwnEmoji>

/** All there are, by name, as of this revision. */
export const OwnEmojiList = z.object({ rev: z.int().min(0), emoji: z.array(OwnEmoji) })
export type OwnEmojiList = z.infer<typeof OwnEmojiList>

export const emojiRequests = {
  'emoji:list': {
    summary:
      'The place’s own emoji, by name. To be asked again when the place has another `emojiRev`. Owners and admins add one with its picture as the body of PUT /api/emoji/<name>.',
    input: z.object({}),
    output: OwnEmojiList,
  },
  'emoji:remove': {
    summary:
      'Take one of the place’s own emoji away, for owners and admins. Where it was written, or reacted with, its name stands. Twice is once.',
    input: z.object({ name: EmojiName }),
    output: OwnEmojiList,
  },
}
