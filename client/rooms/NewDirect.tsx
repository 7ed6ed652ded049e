import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { Person } from '../../protocol/people.ts'
import { useRoomActions } from './useRooms.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { words } from '../ui/words.ts'
import { PersonItem } from '../people/PersonItem.tsx'
import { useMe, usePeopleActions } from '../people/usePeople.ts'
import './NewDirect.css'

/** Somebody to write to alone: anybody in the place, here or not. */
export function NewDirect({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const { find } = usePeopleActions()
  const { direct } = useRoomActions()
  const [, navigate] = useLocation()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ query: string; people: Person[] } | null>(null)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    let newest = true
    void find(query).then((answer) => {
      if (!newest) return
      if (answer.ok)
        setFound({ query, people: answer.data.people.filter(({ id, role }) => id !== me?.id && role === 'member') })
      setError(answer.ok ? null : answer.error.message)
    })
    return () => {
      newest = false
    }
  }, [query, me?.id])

  async function open({ id }: Person) {
    const answer = await direct(id)
    if (!answer.ok) return setError(answer.error.message)
    onClose()
    navigate(`/r/${answer.data.room.id}`)
  }

  return (
    <Dialog title={words.writeToSomebody} onClose={onClose}>
      <form
        className="new-direct"
        onSubmit={(event) => {
          event.preventDefault()
          // What stands there may still be the answer to what was typed before.
          const [first] = found?.query === query ? found.people : []
          if (query.trim() && first) void open(first)
        }}
      >
        <Field
          label={words.theirName}
          value={query}
          autoFocus
          error={error}
          onChange={({ target }) => setQuery(target.value)}
        />
        {found?.people.length === 0 && <p>{found.query ? words.nobodyCalled(found.query) : words.nobodyElse}</p>}
        <ul aria-label={words.people}>
          {found?.people.map((person) => (
            <PersonItem key={person.id} person={person} onOpen={() => void open(person)} />
          ))}
        </ul>
        <footer>
          <Button onClick={onClose}>{words.cancel}</Button>
        </footer>
      </form>
    </Dialog>
  )
}
