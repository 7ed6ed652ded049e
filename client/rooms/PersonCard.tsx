import { useEffect, useState } from 'react'
import { useLocation, useRoute } from 'wouter'
import { PersonDialog } from '../moderation/PersonDialog.tsx'
import { useMe, usePeopleActions } from '../people/usePeople.ts'
import { useStore } from '../socket/useSocket.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { shortTimeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import { useDirect } from './useRooms.ts'
import './PersonCard.css'

/** Who somebody is, what they are doing, and what there is to do about them. */
export function PersonCard({ personId, onClose }: { personId: string; onClose: () => void }) {
  const person = useStore(({ people }) => people[personId])
  const presence = useStore((state) => state.presence[personId]) ?? null
  const me = useMe()
  const direct = useDirect()
  const [, navigate] = useLocation()
  const [problem, setProblem] = useState<string | null>(null)
  const [moderating, setModerating] = useState(false)
  // Where one is while one looks at them.
  const [, here] = useRoute('/r/:roomId/:seq?')
  const room = useStore(({ rooms }) => rooms[here?.roomId ?? '']?.room) ?? null
  const { meet } = usePeopleActions()
  const isKnown = person !== undefined
  useEffect(() => {
    if (!isKnown) void meet(personId)
  }, [isKnown, personId])
  if (!person) return null
  if (moderating) return <PersonDialog person={person} room={room} onClose={onClose} />
  const { name, role, gone, about, status, zone } = person
  const mayWrite = personId !== me?.id && !gone && role !== 'visitor'

  async function write() {
    const answer = await direct(personId)
    if (!answer.ok) return setProblem(answer.error.message)
    onClose()
    navigate(`/r/${answer.data.room.id}`)
  }

  return (
    <Dialog title={name} onClose={onClose}>
      <div className="person-card">
        <Avatar person={person} presence={presence} />
        <div>
          {about && (
            <p>
              <bdi>{about}</bdi>
            </p>
          )}
          <p className="quiet">
            {gone ? more.removed : more.roleNames[role]}
            {gone ? '' : `, ${presence ? words.presence[presence] : more.notHere}`}
          </p>
          {status && (
            <p>
              <bdi>
                {status.emoji} {status.text}
              </bdi>
              {status.until && <small>{more.until(shortTimeOf(status.until))}</small>}
            </p>
          )}
          {zone && <LocalTime zone={zone} name={name} />}
        </div>
        <Problem>{problem}</Problem>
        <DialogEnd>
          <Button onClick={onClose}>{more.close}</Button>
          {personId !== me?.id && (
            <Button look="line" aria-label={more.moderateName(name)} onClick={() => setModerating(true)}>
              {more.moderate}
            </Button>
          )}
          {mayWrite && (
            <Button look="ink" onClick={() => void write()}>
              {more.writeToName(name)}
            </Button>
          )}
        </DialogEnd>
      </div>
    </Dialog>
  )
}

function LocalTime({ zone, name }: { zone: string; name: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const time = timeIn(zone, now)
  return time && <p className="quiet">{more.timeFor(time, name)}</p>
}

/** Null where this browser does not know the zone. */
function timeIn(timeZone: string, now: number): string | null {
  try {
    return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', timeZone }).format(now)
  } catch {
    return null
  }
}
