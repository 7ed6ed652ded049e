import type { OwnEmoji, OwnEmojiList } from '../../../protocol/emoji.ts'
import type { EmojiStore } from '../emoji.ts'
import type { Database, Row } from './database.ts'
import { metaOf } from './queries.ts'
import type { AtOnce } from './reads.ts'

const toOwnEmoji = ({ name, picture, still }: Row): OwnEmoji => ({
  name: String(name),
  picture: String(picture),
  ...(still !== null && { still: String(still) }),
})

export const emojiRevOf = (database: Database): number => Number(metaOf(database, 'emoji_rev') ?? 0)

export const ownEmojiOf = (database: Database): OwnEmojiList => ({
  rev: emojiRevOf(database),
  emoji: database.all('SELECT * FROM emoji ORDER BY name').map(toOwnEmoji),
})

export const createEmojiReads = (database: Database, atOnce: AtOnce): Pick<EmojiStore, 'list'> => ({
  list: async () => atOnce(() => ownEmojiOf(database)),
})
