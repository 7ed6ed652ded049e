import type { Person } from '../../../protocol/people.ts'
import type { Picture, Profiles } from '../profiles.ts'
import type { Database, Row } from './database.ts'

type ProfileReads = Pick<Profiles, 'picture' | 'nextEnd'>

/** What somebody says of themselves: only what there is, because a thousand people are told at once. */
export function profileOf(row: Row): Pick<Person, 'about' | 'status' | 'zone' | 'picture'> {
  const [emoji, text, until] = [row['status_emoji'], row['status_text'], row['status_until']]
  const given = (name: 'about' | 'zone' | 'picture') => (row[name] === null ? {} : { [name]: String(row[name]) })
  return {
    ...given('about'),
    ...given('zone'),
    ...given('picture'),
    ...(emoji !== null && {
      status: { emoji: String(emoji), text: String(text), ...(until !== null && { until: Number(until) }) },
    }),
  }
}

export function createProfileReads(database: Database): ProfileReads {
  return {
    async picture(hash) {
      const row = database.get('SELECT type, bytes FROM pictures WHERE hash = ?', hash)
      // The one column that is neither text nor a number.
      const found = row as unknown as Picture | undefined
      return found ? { type: found.type, bytes: found.bytes } : null
    },
    async nextEnd() {
      const row = database.get('SELECT min(status_until) AS at FROM people WHERE status_until IS NOT NULL')
      return row?.['at'] == null ? null : Number(row['at'])
    },
  }
}
