import type { OwnEmoji, OwnEmojiList } from '../../../protocol/emoji.ts'
import { Refusal } from '../../../protocol/errors.ts'
import { OWN_EMOJI } from '../../../protocol/limits.ts'
import type { EmojiStore } from '../emoji.ts'
import { audit } from './audit.ts'
import { mustRule } from './authority.ts'
import type { Database } from './database.ts'
import { emojiRevOf, ownEmojiOf } from './emojiReads.ts'
import type { Changes } from './gathering.ts'
import { keepPicture, releasePicture } from './pictures.ts'
import { settingsOf } from './placeSettings.ts'

const isThere = (database: Database, name: string): boolean =>
  database.get('SELECT 1 FROM emoji WHERE name = ?', name) !== undefined

/** Whether one may react with it: every emoji of Unicode, and those of the place's own that there are. */
export function mustBeEmojiHere(database: Database, emoji: string): void {
  if (emoji.startsWith(':') && !isThere(database, emoji.slice(1, -1)))
    throw new Refusal('invalid', `This place has no emoji called ${emoji}.`)
}

/** The place's own emoji. */
export function createEmojiOperations(database: Database, changes: Changes) {
  /** Everybody learns that they are others; what they are by now, each asks. */
  function tell(): void {
    database.run(
      `INSERT INTO meta VALUES ('emoji_rev', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      emojiRevOf(database) + 1,
    )
    changes.place(settingsOf(database))
  }

  return {
    'emoji.add'({ name, picture, still, by }: Parameters<EmojiStore['add']>[0]): OwnEmoji {
      mustRule(database, by)
      if (isThere(database, name)) throw new Refusal('name_taken', `There is an emoji called :${name}: here.`)
      if (Number(database.get('SELECT count(*) AS n FROM emoji')?.['n']) >= OWN_EMOJI)
        throw new Refusal('forbidden', `A place has ${OWN_EMOJI} emoji of its own at most.`)
      const [shown, first] = [keepPicture(database, picture), still && keepPicture(database, still)]
      database.run('INSERT INTO emoji (name, picture, still) VALUES (?, ?, ?)', name, shown, first)
      audit(database, { action: 'emoji:add', by, details: { name } })
      tell()
      return { name, picture: shown, ...(first !== null && { still: first }) }
    },

    'emoji.remove'(name: string, by: string): OwnEmojiList {
      mustRule(database, by)
      const row = database.get('DELETE FROM emoji WHERE name = ? RETURNING *', name)
      if (row) {
        for (const hash of [row['picture'], row['still']]) if (hash !== null) releasePicture(database, String(hash))
        audit(database, { action: 'emoji:remove', by, details: { name } })
        tell()
      }
      return ownEmojiOf(database)
    },
  }
}
