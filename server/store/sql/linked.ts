import type { LinkPreview, Message } from '../../../protocol/messages.ts'
import { hostOf } from '../../previews/hostOf.ts'
import { SILENT_FOR, TOLD_FOR } from '../previews.ts'
import type { Database, Row } from './database.ts'

/** As it stands on the row of its message; `at`: when the page was asked. */
type Stored = LinkPreview & { at?: number }

/** Of a message that somebody wants to tell of no page. */
export const TAKEN_AWAY = '{}'

/** Once somebody has taken it away, what is stored is of no page. */
export function previewIn(row: Row): Pick<Message, 'preview'> {
  const { url, site, title } = JSON.parse(String(row['preview'])) as Partial<Stored>
  return url === undefined || site === undefined
    ? {}
    : { preview: { url, site, ...(title !== undefined && { title }) } }
}

export const storedPreview = (preview: Stored): string => JSON.stringify(preview)

/** What a message in this room tells of the page that it links to; `before`: what it has told so far. */
export function previewFor(database: Database, room: Row | undefined, link: string | undefined, before = ''): string {
  if (before === TAKEN_AWAY) return before
  if (link === undefined) return ''
  if (before !== '' && (JSON.parse(before) as Stored).url === link) return before
  return room?.['previews'] === 1 ? (knownOf(database, link) ?? storedPreview({ url: link, site: hostOf(link) })) : ''
}

/** What the page was last found to say, as long as that is new. */
function knownOf(database: Database, url: string, now = Date.now()): string | null {
  const found = database.get(
    `SELECT preview, preview ->> '$.title' AS title, preview ->> '$.at' AS at FROM messages
     WHERE preview <> '' AND preview ->> '$.url' = ? AND preview ->> '$.at' <= ? ORDER BY preview ->> '$.at' DESC LIMIT 1`,
    url,
    now,
  )
  if (!found) return null
  return now - Number(found['at']) < (found['title'] === null ? SILENT_FOR : TOLD_FOR) ? String(found['preview']) : null
}
