import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import type { StoredRow } from '../messages/tools.ts'
import { PersonItem } from '../people/PersonItem.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { offer } from '../ui/toasts.ts'
import { words } from '../ui/words.ts'
import css from './Forward.css?inline'
import { useForward } from './useForward.ts'

adopt(css)

/** Says a message again elsewhere, as whose it is: where to, and with which words of one's own. */
export function Forward({ row, onClose }: { row: StoredRow; onClose: () => void }) {
  const view = useForward(row)
  const { query, setQuery, answered, rooms, people, target, setTarget, choosePerson, forward, showMore } = view
  const [comment, setComment] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [, navigate] = useLocation()

  function submit(event: FormEvent): void {
    event.preventDefault()
    const [first] = rooms
    // Enter in the first field is for what stands first.
    if (!target) return first ? setTarget(first) : people[0] && choosePerson(people[0])
    const full = forward(target, comment)
    if (full) return setProblem(full)
    onClose()
    offer({ text: more.isForwarded(target.name), act: more.open, onAct: () => navigate(`/r/${target.id}`) })
  }

  return (
    <Dialog title={target ? `${more.forwardTo} ${target.name}` : more.forwardTo} onClose={onClose}>
      <form className="forward" onSubmit={submit}>
        <p className="line" dir="auto">
          {view.line}
        </p>
        {target && view.widens && <p>{more.widens(target.name)}</p>}
        {target ? (
          <Field
            key="comment"
            label={more.comment}
            value={comment}
            maxLength={MESSAGE_LENGTH}
            autoFocus
            error={problem}
            onChange={({ target: { value } }) => setComment(value)}
          />
        ) : (
          <>
            <Field
              key="find"
              label={more.roomOrPerson}
              value={query}
              autoFocus
              error={view.problem}
              onChange={({ target: { value } }) => setQuery(value)}
            />
            {rooms.length === 0 && people.length === 0 && answered === query && !showMore && (
              <p role="status">{more.noRoomOrPerson(query)}</p>
            )}
            <ul aria-label={words.rooms}>
              {rooms.map((room) => (
                <li key={room.id} className="person-item">
                  <button type="button" onClick={() => setTarget(room)}>
                    {room.others.length === 0 ? <Icon name={room.kind === 'private' ? 'lock' : 'people'} /> : null}
                    {room.others.length === 1
                      ? room.others.map((person) => <Avatar key={person.id} person={person} presence={room.presence} />)
                      : room.others.slice(0, 1).map((person) => <Avatar key={person.id} person={person} bare />)}
                    <bdi className="name">{room.name}</bdi>
                  </button>
                </li>
              ))}
            </ul>
            <ul aria-label={words.people}>
              {people.map((person) => (
                <PersonItem key={person.id} person={person} onOpen={() => choosePerson(person)} />
              ))}
            </ul>
            {showMore && <Button onClick={showMore}>{more.more}</Button>}
          </>
        )}
        <DialogEnd>
          {target && <Button onClick={() => setTarget(null)}>{more.chooseAnother}</Button>}
          <Button onClick={onClose}>{more.cancel}</Button>
          {target && (
            <Button look="ink" type="submit">
              {more.forward}
            </Button>
          )}
        </DialogEnd>
      </form>
    </Dialog>
  )
}
