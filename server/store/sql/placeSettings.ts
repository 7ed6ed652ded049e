import { JOINS } from '../../../protocol/choices.ts'
import type { Settings } from '../store.ts'
import type { Database } from './database.ts'
import { metaOf } from './queries.ts'

export function settingsOf(database: Database): Settings {
  // A place that nobody has named is called as Natter is.
  const join = metaOf(database, 'join')
  const emojiRev = metaOf(database, 'emoji_rev')
  return {
    name: String(metaOf(database, 'place_name') ?? 'Natter'),
    join: JOINS.find((one) => one === join) ?? null,
    ...(emojiRev !== undefined && { emojiRev: Number(emojiRev) }),
  }
}
