import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { DIRECT_PEOPLE } from '../../protocol/limits.ts'
import type { Person } from '../../protocol/people.ts'
import { useRoomActions } from './useRoomActions.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { PersonItem } from '../people/PersonItem.tsx'
import { useOthers } from '../people/useOthers.ts'
import './NewDirect.css'

/** Somebody to write to alone, or several: anybody in the place, here or not. */
export function NewDirect({ onClose }: { onClose: () => void }) {
  const { gather } = useRoomActions()
  const [, navigate] = useLocation()
  const { query, setQuery, answered, people, problem, setProblem, showMore } = useOthers()
  const [picked, setPicked] = useState<Person[]>([])
  const [enterKept, setEnterKept] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const isFull = picked.length >= DIRECT_PEOPLE - 1
  // What stands there may still be the answer to what was typed before.
  const isAnswered = answered === query
  const shown = people.filter(({ id }) => !picked.some((one) => one.id === id))

  async function open(those: readonly Person[]) {
    const answer = await gather(those.map(({ id }) => id))
    if (!answer.ok) return setProblem(answer.error.message)
    onClose()
    navigate(`/r/${answer.data.room.id}`)
  }

  function look(next: string) {
    setQuery(next)
    setEnterKept(false)
  }

  /** The next name is typed where the last one was. */
  function pick(those: Person[]) {
    setPicked(those)
    look('')
    form.current?.querySelector('input')?.focus()
  }

  /** Whoever has begun to add goes on adding. */
  function take(person: Person) {
    if (picked.length === 0) void open([person])
    else if (!isFull) pick([...picked, person])
  }

  function submit() {
    if (query.trim()) setEnterKept(true)
    else if (picked.length > 0) void open(picked)
  }

  // Enter is for whoever the answer to what stands in the field has first, and waits for it.
  useEffect(() => {
    if (!enterKept || (!isAnswered && problem === null)) return
    setEnterKept(false)
    if (isAnswered && shown[0]) take(shown[0])
  }, [enterKept, isAnswered, problem])

  return (
    <Dialog title={words.writeToSomebody} onClose={onClose}>
      <form
        className="new-direct"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {picked.length > 0 && (
          <ul className="picked" aria-label={more.withWhom}>
            {picked.map((person) => (
              <li key={person.id}>
                <Avatar person={person} bare />
                <bdi>{person.name}</bdi>
                <Button
                  look="icon"
                  aria-label={more.takeFromConversation(person.name)}
                  onClick={() => pick(picked.filter(({ id }) => id !== person.id))}
                >
                  <Icon name="close" />
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Field
          label={more.theirName}
          value={query}
          autoFocus
          error={problem}
          onChange={({ target }) => look(target.value)}
        />
        <p role="status">{isFull ? more.conversationFull : picked.length > 0 ? more.picked(picked) : ''}</p>
        {answered !== undefined && shown.length === 0 && picked.length === 0 && !showMore && (
          <p>{answered ? more.nobodyCalled(answered) : more.nobodyElse}</p>
        )}
        <ul aria-label={words.people}>
          {shown.map((person) => (
            <PersonItem key={person.id} person={person} onOpen={() => take(person)}>
              {!isFull && (
                <Button
                  look="icon"
                  aria-label={more.addToConversation(person.name)}
                  title={more.addToConversation(person.name)}
                  onClick={() => pick([...picked, person])}
                >
                  <Icon name="plus" />
                </Button>
              )}
            </PersonItem>
          ))}
        </ul>
        {showMore && <Button onClick={showMore}>{more.more}</Button>}
        <DialogEnd>
          <Button onClick={onClose}>{more.cancel}</Button>
          {picked.length > 0 && (
            <Button look="ink" onClick={() => void open(picked)}>
              {more.writeToAll(picked)}
            </Button>
          )}
        </DialogEnd>
      </form>
    </Dialog>
  )
}
