import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { PeoplePage } from '../people/PeoplePage.tsx'
import { more } from '../ui/moreWords.ts'
import { Select } from '../ui/Select.tsx'
import { exactTimeOf, momentOf } from '../ui/time.ts'
import { usePages } from '../socket/usePages.ts'
import { useModerationActions } from './useModeration.ts'

/** What was done by those who look after the place and its rooms: all of it, or about one person. */
export function AuditLog() {
  const { log } = useModerationActions()
  const [people, setPeople] = useState<ReadonlyMap<string, Person>>(new Map())
  const list = usePages(find)
  const entries = list.pages?.flatMap((page) => page.entries)
  const rooms: Record<string, string> = Object.assign({}, ...(list.pages?.map((page) => page.rooms) ?? []))

  /** Whoever was met once can be chosen, also while the log is only about somebody else. */
  async function find(personId: string, after?: number) {
    const answer = await log(personId || undefined, after)
    if (answer.ok)
      setPeople((before) => new Map([...before, ...answer.data.people.map((one) => [one.id, one] as const)]))
    return answer
  }

  const nameOf = (id: string | null) => (id === null ? '' : (people.get(id)?.name ?? ''))
  return (
    <PeoplePage title={more.auditLog} list={list} none={entries?.length === 0 && more.nothingDone}>
      <div className="row">
        <div className="wide audit">
          <p className="hint">{more.auditMeans}</p>
          <div className="acts">
            <Select
              label={more.onlyAbout}
              value={list.query}
              options={[['', more.everybody], ...[...people.values()].map(({ id, name }) => [id, name] as const)]}
              onChange={list.setQuery}
            />
            <a className="button" data-look="line" href="/api/audit" download>
              {more.download}
            </a>
          </div>
        </div>
      </div>
      <ol aria-label={more.auditLog}>
        {entries?.map((entry) => (
          <li key={entry.id} className="row">
            <span className="where">
              <time dateTime={new Date(entry.at).toISOString()} title={exactTimeOf(entry.at)}>
                {momentOf(entry.at)}
              </time>
            </span>
            <span className="wide">
              {more.act(entry, {
                by: nameOf(entry.by),
                whom: nameOf(entry.personId),
                room: entry.roomId === null ? '' : (rooms[entry.roomId] ?? ''),
                until: typeof entry.details['until'] === 'number' ? exactTimeOf(entry.details['until']) : '',
              })}
            </span>
          </li>
        ))}
      </ol>
    </PeoplePage>
  )
}
