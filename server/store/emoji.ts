import type { OwnEmoji, OwnEmojiList } from '../../protocol/emoji.ts'
import type { Picture } from './profiles.ts'

export type EmojiStore = {
  /** By name, with their newest revision: 0 as long as there never were any. */
  list: () => Promise<OwnEmojiList>
  /**
   * One of the place's own from now on; `still` is the first frame of one that moves. Everybody is told that the place has another
   * `emojiRev`. Refused: `name_taken` where there is one of that name, `forbidden` where there are OWN_EMOJI, and where `by` looks
   * after the place no more.
   */
  add: (emoji: { name: string; picture: Picture; still: Picture | null; by: string }) => Promise<OwnEmoji>
  /**
   * None of that name from now on; twice is once. Its picture is forgotten, unless somebody else has the same. Reactions with it
   * stay: whoever reacted so can take that away, and nobody else reacts so. Refused as `add`.
   */
  remove: (name: string, by: string) => Promise<OwnEmojiList>
}
