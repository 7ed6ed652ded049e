import { useId, useState } from 'react'
import { Link } from 'wouter'
import type { Person } from '../../protocol/people.ts'
import type { Outcome, Report } from '../../protocol/reports.ts'
import { PeoplePage } from '../people/PeoplePage.tsx'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { focusTitle } from '../shell/Page.tsx'
import { exactTimeOf } from '../ui/time.ts'
import { usePages } from '../socket/usePages.ts'
import { PersonDialog } from './PersonDialog.tsx'
import { useModerationActions } from './useModeration.ts'

/** What people have asked those to look at who look after the place. */
export function Reports() {
  const { reports } = useModerationActions()
  const count = useStore((state) => state.moderation.reports)
  // What others report or deal with meanwhile is there at once.
  const list = usePages((_, after?: string) => reports(after), count)
  const found = list.pages?.flatMap((page) => page.reports)
  const people = new Map(list.pages?.flatMap((page) => page.people.map((one) => [one.id, one])))
  const [person, setPerson] = useState<Person | null>(null)

  return (
    <PeoplePage title={more.reports} list={list} none={found?.length === 0 && more.noReports}>
      <ul aria-label={more.reports}>
        {found?.map((report) => (
          <OneReport key={report.id} report={report} people={people} onPerson={setPerson} onProblem={list.setProblem} />
        ))}
      </ul>
      {person && <PersonDialog person={person} room={null} onClose={() => setPerson(null)} />}
    </PeoplePage>
  )
}

type Props = {
  report: Report
  people: ReadonlyMap<string, Person>
  onPerson: (person: Person) => void
  onProblem: (problem: string | null) => void
}

function OneReport({ report, people, onPerson, onProblem }: Props) {
  const { remove, resolve } = useModerationActions()
  const { id, room, body, reason, at } = report
  const closing = useId()
  const author = people.get(report.authorId)
  const nameOf = (personId: string) => people.get(personId)?.name ?? ''

  async function end(outcome: Outcome) {
    const answer = await resolve({ id, outcome })
    onProblem(answer.ok ? null : answer.error.message)
    if (answer.ok) focusTitle()
  }

  async function removeIt() {
    if (!room) return
    const answer = await remove(room.id, room.seq)
    if (answer.ok) await end('deleted')
    else onProblem(answer.error.message)
  }

  return (
    <li className="row">
      <bdi className="where">{nameOf(report.authorId)}</bdi>
      <div className="wide">
        <blockquote dir="auto">{body}</blockquote>
        {reason && <p dir="auto">{more.because(reason)}</p>}
        <small>{more.reportedBy(nameOf(report.reporterId), room?.name ?? null, exactTimeOf(at))}</small>
        <span className="acts">
          {room && (
            <>
              <Link href={`/r/${room.id}/${room.seq}`} className="button" data-look="line">
                {more.inContext}
              </Link>
              <Button look="danger" onClick={() => void removeIt()}>
                {more.deleteIt}
              </Button>
            </>
          )}
          {author && (
            <Button look="line" onClick={() => onPerson(author)}>
              {more.aboutName(author.name)}
            </Button>
          )}
        </span>
        {/* It says what was done already, and does none of it. */}
        <span className="acts" role="group" aria-labelledby={closing}>
          <small id={closing}>{more.closeReport}</small>
          <Button onClick={() => void end('nothing')}>{more.outcomes.nothing}</Button>
          <Button onClick={() => void end('muted')}>{more.outcomes.muted}</Button>
          <Button onClick={() => void end('banned')}>{more.outcomes.banned}</Button>
        </span>
      </div>
    </li>
  )
}
