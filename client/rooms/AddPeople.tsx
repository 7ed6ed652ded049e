import { useRef, useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { useOthers } from '../people/useOthers.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { useRoomActions } from './useRoomActions.ts'
import './AddPeople.css'

/** Brings people who are in the place into a room. */
export function AddPeople({ room, onClose }: { room: { id: string; name: string }; onClose: () => void }) {
  const { add } = useRoomActions()
  const { query, setQuery, answered, people, inside, problem, setProblem, showMore, reload } = useOthers(room.id)
  const [said, setSaid] = useState('')
  const field = useRef<HTMLInputElement>(null)

  async function bring({ id, name }: Person) {
    const answer = await add(room.id, id)
    setProblem(answer.ok ? null : answer.error.message)
    setSaid(answer.ok ? more.added(name) : '')
    if (!answer.ok) return
    // Its button goes, and would take the focus with it.
    field.current?.focus()
    reload()
  }

  return (
    <Dialog title={more.addTo(room.name)} onClose={onClose}>
      <div className="add-people">
        <Field
          ref={field}
          label={more.theirName}
          value={query}
          autoFocus
          error={problem}
          onChange={({ target }) => setQuery(target.value)}
        />
        <p role="status">{said}</p>
        {answered !== undefined && people.length === 0 && !showMore && (
          <p>{answered ? more.nobodyCalled(answered) : more.nobodyElse}</p>
        )}
        <ul>
          {people.map((person) => (
            <li key={person.id}>
              <Avatar person={person} />
              <bdi className="name">{person.name}</bdi>
              {inside.has(person.id) ? (
                <small>{more.isIn}</small>
              ) : (
                <Button look="line" aria-label={more.addName(person.name)} onClick={() => void bring(person)}>
                  {more.add}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {showMore && <Button onClick={showMore}>{more.more}</Button>}
        <DialogEnd>
          <Button onClick={onClose}>{more.close}</Button>
        </DialogEnd>
      </div>
    </Dialog>
  )
}
