import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { ListPage, type Listed } from '../shell/ListPage.tsx'
import './PeoplePage.css'

type Props = {
  title: string
  /** What is on it, as far as it was asked for. */
  list: Listed
  /** What is said where there is nothing on it. */
  none?: string | false | undefined
  children: ReactNode
}

/** One of the pages about the people of the place; the others are one step away. */
export function PeoplePage({ title, list, none, children }: Props) {
  const reports = useStore((state) => state.moderation.reports)
  const [path] = useLocation()
  const all = [
    ['/people', more.people],
    ['/people/reports', more.reportsToRead(reports)],
    ['/people/log', more.auditLog],
    ['/people/bans', more.bannedPeople],
  ] as const
  return (
    <ListPage title={title} name="people-page" list={list} none={none}>
      <nav className="row" aria-label={more.managePeople}>
        <div className="wide tabs">
          {all.map(([address, label]) => (
            <Link
              key={address}
              href={address}
              className="button"
              aria-current={path.replace(/\/$/, '') === address ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
        </div>
      </nav>
      {children}
    </ListPage>
  )
}
