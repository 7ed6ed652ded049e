import { capital, count, list } from './words.ts'

/** What the picker and reactions say. */
export const emojiWords = {
  emojiPicker: 'Emoji',
  findEmoji: 'Find an emoji',
  emojiGroups: 'Kinds of emoji',
  emojiRecent: 'Chosen lately',
  emojiFound: (n: number) => count(n, 'emoji', 'emoji'),
  noEmoji: (query: string) => `No emoji is called “${query}”.`,
  skinTone: 'Skin tone',
  skinTones: ['Yellow', 'Light', 'Medium light', 'Medium', 'Medium dark', 'Dark'],
  ownEmojiHere: 'Only in this place',
  ownEmoji: 'Emoji of this place',
  ownEmojiMeans: 'Everybody here can use them in messages and reactions, beside those that everybody has.',
  showOwnEmoji: 'Show its emoji',
  addEmoji: 'Add an emoji',
  emojiName: 'Name',
  emojiNameHint: 'How it is written between colons: a to z, 0 to 9, _, + and -.',
  emojiPictureHint: 'A PNG, JPEG, GIF or WebP file. It becomes 128 pixels wide or high at most.',
  noEmojiPicture: 'Choose its picture first.',
  emojiTooLarge: 'This file has more than 2 MB. Choose a smaller one.',
  addIt: 'Add it',
  adding: 'Adding it',
  emojiAdded: (token: string) => `${token} is there now, for everybody.`,
  emojiRemoved: (token: string) => `${token} is gone.`,
  noOwnEmoji: 'This place has no emoji of its own yet.',
  findOwnEmoji: 'Find one of them',
  removeEmojiAsk: (token: string) => `Remove ${token}?`,
  removeEmojiMeans: (token: string) =>
    `It is gone for everybody. Where it was written or reacted with, ${token} stands as text. If an emoji gets this name again, that one is shown there.`,
  react: 'React',
  addReaction: 'Add a reaction',
  reactions: 'Reactions',
  reactedWith: (name: string, n: number, you: boolean) =>
    `${capital(name)}, ${count(n, 'person', 'people')}${you ? (n > 1 ? ', including you' : ', you') : ''}`,
  notReacted: (emoji: string, reason: string) => `Not reacted with ${emoji}: ${reason}`,
  /** Those who are named, of all. */
  reactors: (named: readonly string[], all: number) =>
    list.format(all > named.length ? [...named, others(all - named.length, named.length)] : named),
}

const others = (n: number, named: number) => (named > 0 ? count(n, 'other', 'others') : count(n, 'person', 'people'))
