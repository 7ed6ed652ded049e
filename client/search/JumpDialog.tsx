import { useId, useState, type KeyboardEvent } from 'react'
import { useLocation } from 'wouter'
import { SEARCH_LENGTH } from '../../protocol/limits.ts'
import { expectByHand } from '../messages/byHand.ts'
import { useDirect } from '../rooms/useRooms.ts'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { addressOf } from './address.ts'
import { JumpChoice, type Choice } from './JumpChoice.tsx'
import style from './JumpDialog.css?inline'
import { Magnifier } from './Magnifier.tsx'
import { useJump } from './useJump.ts'

adopt(style)

/** Goes to a room, a person or a message, by its first letters. */
export function JumpDialog({ onClose }: { onClose: () => void }) {
  const [path, navigate] = useLocation()
  const openRoomId = /^\/r\/([^/]+)/.exec(path)?.[1] ?? null
  const { typed, setTyped, query, online, choices, isAnswered, problem: notFound } = useJump(openRoomId)
  const begin = useDirect()
  const [chosen, setChosen] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()
  // What was chosen stays it for as long as it is there.
  const at = Math.max(
    0,
    choices.findIndex((choice) => choice.id === chosen),
  )

  function go(address: string): void {
    onClose()
    navigate(address)
  }

  async function talkTo(personId: string): Promise<void> {
    const answer = await begin(personId)
    if (answer.ok) go(`/r/${answer.data.room.id}`)
    else setProblem(answer.error.message)
  }

  function take(choice: Choice): void {
    if (choice.type === 'room') go(`/r/${choice.id}`)
    else if (choice.type === 'person') void talkTo(choice.id)
    else if (choice.type === 'all') go(addressOf(query))
    else {
      const { roomId, seq } = choice.hit.message
      expectByHand(`/r/${roomId}/${seq}`)
      go(`/r/${roomId}/${seq}`)
    }
  }

  function press(event: KeyboardEvent): void {
    // While an input method is composing, these keys are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const { key, ctrlKey, metaKey } = event
    const step = { ArrowDown: 1, ArrowUp: -1 }[key]
    if (step === undefined && key !== 'Enter') return
    event.preventDefault()
    if (step !== undefined) choose(at + step)
    else if ((ctrlKey || metaKey) && query !== '') go(addressOf(query))
    else if (choices[at]) take(choices[at])
  }

  function choose(next: number): void {
    const index = (next + choices.length) % (choices.length || 1)
    setChosen(choices[index]?.id ?? null)
    document.getElementById(`${id}${index}`)?.scrollIntoView?.({ block: 'nearest' })
  }

  function type(text: string): void {
    setTyped(text)
    setChosen(null)
    setProblem(null)
  }

  return (
    <Dialog title={more.jump} name="jump-dialog" onClose={onClose}>
      <div className="find">
        <Magnifier />
        <input
          value={typed}
          placeholder={more.jumpWhere}
          aria-label={more.jumpWhere}
          role="combobox"
          aria-expanded={choices.length > 0}
          aria-controls={`${id}hits`}
          aria-activedescendant={choices[at] && `${id}${at}`}
          aria-autocomplete="list"
          autoFocus
          autoComplete="off"
          enterKeyHint="go"
          maxLength={SEARCH_LENGTH}
          onChange={({ target }) => type(target.value)}
          onKeyDown={press}
        />
        <Button look="icon" aria-label={more.close} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <div className="hits" id={`${id}hits`} role="listbox" aria-label={more.results}>
        {choices.map((choice, i) => (
          <button
            key={`${choice.type} ${choice.id}`}
            type="button"
            id={`${id}${i}`}
            role="option"
            aria-selected={i === at}
            tabIndex={-1}
            onPointerMove={() => setChosen(choice.id)}
            // The field keeps the focus, and a phone its keyboard.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(choice)}
          >
            <JumpChoice choice={choice} query={query} />
          </button>
        ))}
      </div>
      <p className="unseen" role="status">
        {query !== '' && (isAnswered || !online)
          ? more.found(choices.filter(({ type: what }) => what !== 'all').length)
          : ''}
      </p>
      {query !== '' && !online && <p className="note">{more.needsConnection}</p>}
      <Problem>{problem ?? notFound}</Problem>
      <p className="keys" aria-hidden="true">
        {more.jumpKeysAre.map(([key, does]) => (
          <span key={key}>
            <kbd>{key}</kbd> {does}
          </span>
        ))}
      </p>
    </Dialog>
  )
}
