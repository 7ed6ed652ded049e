import { useState, type FormEvent } from 'react'
import type { Invite } from '../../protocol/invites.ts'
import { useMe } from '../people/usePeople.ts'
import { Button } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { LinkToCopy } from '../ui/LinkToCopy.tsx'
import { Problem } from '../ui/Problem.tsx'
import { DAY, HOUR } from '../ui/spans.ts'
import { dateOf } from '../ui/time.ts'
import { more } from '../ui/moreWords.ts'
import { usePages } from '../socket/usePages.ts'
import { linkOf, useInviteActions } from './useInvites.ts'
import './InvitePeople.css'

type Role = Invite['role']
type Props = {
  /** Where they land: a room beside the one that everybody is in. */
  room: { id: string; name: string } | null
  onClose: () => void
}

/** Makes a link that lets people in, and stops those that there are. */
export function InvitePeople({ room, onClose }: Props) {
  const me = useMe()
  const { create, list, revoke } = useInviteActions()
  const [role, setRole] = useState<Role>('member')
  const [milliseconds, setMilliseconds] = useState<number | null>(7 * DAY)
  const [uses, setUses] = useState<number | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const { pages, problem, setProblem, showMore, reload } = usePages((_, after?: string) => list(after))
  const people = new Map(pages?.flatMap((page) => page.people.map((one) => [one.id, one])))
  const working = pages?.flatMap((page) => page.invites).filter(isWorking) ?? []

  async function make(event: FormEvent) {
    event.preventDefault()
    const answer = await create({ role, roomIds: room ? [room.id] : [], uses, milliseconds })
    if (!answer.ok) return setProblem(answer.error.message)
    setLink(linkOf(answer.data.token))
    reload()
  }

  async function stop(id: string) {
    const answer = await revoke(id)
    if (answer.ok) reload()
    else setProblem(answer.error.message)
  }

  const roles: Role[] = [
    ...(room ? (['guest'] as const) : []),
    'member',
    ...(me?.role === 'owner' ? (['admin'] as const) : []),
  ]
  return (
    <Dialog title={more.invitePeople(room?.name)} onClose={onClose}>
      <div className="invite-people">
        <p>{more.inviteMeans(readable(role, room?.name))}</p>
        {link === null ? (
          <form onSubmit={make}>
            <Choice
              label={more.inviteAs}
              value={role}
              options={roles.map((one) => [one, more.roles[one]])}
              onChange={setRole}
            />
            <Choice
              label={more.worksUntil}
              value={milliseconds}
              options={[
                [HOUR, more.oneHour],
                [DAY, more.oneDay],
                [7 * DAY, more.oneWeek],
                [null, more.untilStopped],
              ]}
              onChange={setMilliseconds}
            />
            <Choice
              label={more.letsIn}
              value={uses}
              options={[1, 10, 100, null].map((n) => [n, n === null ? more.anybody : more.members(n)])}
              onChange={setUses}
            />
            <Button look="ink" type="submit">
              {more.makeLink}
            </Button>
          </form>
        ) : (
          <LinkToCopy label={more.inviteLink} link={link} hint={more.shownOnce} />
        )}
        <Problem>{problem}</Problem>
        {(working.length > 0 || showMore) && <h3>{more.linksThatWork}</h3>}
        <ul>
          {working.map((invite) => {
            const { id, createdBy, createdAt } = invite
            const by = people.get(createdBy)?.name ?? ''
            return (
              <li key={id}>
                <span>
                  {more.madeBy(by, dateOf(createdAt))}
                  <small>{more.inviteFacts(invite, invite.expiresAt === null ? null : dateOf(invite.expiresAt))}</small>
                </span>
                <Button look="danger" aria-label={more.stopLinkOf(by, dateOf(createdAt))} onClick={() => void stop(id)}>
                  {more.stopLink}
                </Button>
              </li>
            )
          })}
        </ul>
        {showMore && <Button onClick={showMore}>{more.more}</Button>}
        <DialogEnd>
          <Button onClick={onClose}>{more.close}</Button>
        </DialogEnd>
      </div>
    </Dialog>
  )
}

/** What they find there: guests are in no room but that one. */
function readable(role: Role, room: string | undefined): string {
  if (room === undefined) return more.thePublicRooms
  return role === 'guest' ? room : more.and(room, more.thePublicRooms)
}

const isWorking = ({ revoked, left, expiresAt }: Invite): boolean =>
  !revoked && left !== 0 && (expiresAt === null || expiresAt > Date.now())
