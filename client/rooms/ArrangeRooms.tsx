import { useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogEnd } from '../ui/DialogEnd.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { useFavourites } from './useFavourites.ts'
import { useRooms } from './useRooms.ts'
import './ArrangeRooms.css'

/** Which rooms stand first in one's list, and in which order. Every step counts at once, on all one's devices. */
export function ArrangeRooms({ onClose }: { onClose: () => void }) {
  const { favourites, arrange } = useFavourites()
  const { rooms, direct } = useRooms()
  const all = [...rooms, ...direct]
  const nameOf = (id: string) => all.find((row) => row.id === id)?.name ?? ''
  // What was just pressed is shown, also while earlier answers are still on their way.
  const [order, setOrder] = useState(favourites)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const known = order.filter((id) => all.some((row) => row.id === id))
  const others = all.filter(({ id }) => !order.includes(id))

  function change(next: string[], sentence: string): void {
    flushSync(() => {
      setOrder(next)
      setSaid(sentence)
    })
    void arrange(next).then((answer) => {
      setProblem(answer.ok ? null : answer.error.message)
      if (!answer.ok) setOrder(favourites)
    })
  }

  function move(id: string, step: -1 | 1): void {
    const to = known.indexOf(id) + step
    if (to < 0 || to >= known.length) return
    const pressed = document.activeElement
    const next = known.filter((one) => one !== id).toSpliced(to, 0, id)
    change(next, more.isFavourite(nameOf(id), to + 1, next.length))
    // A row that is put elsewhere in the page has lost the focus on its way.
    if (pressed instanceof HTMLElement) pressed.focus()
  }

  /** The focus goes along, to where the room stands now. */
  function follow(id: string, next: string[], sentence: string): void {
    change(next, sentence)
    list.current?.querySelector<HTMLElement>(`[data-room="${CSS.escape(id)}"] button`)?.focus()
  }

  function press(event: KeyboardEvent, id: string): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    move(id, event.key === 'ArrowUp' ? -1 : 1)
  }

  return (
    <Dialog title={more.arrangeRooms} onClose={onClose}>
      <div className="arrange-rooms" ref={list}>
        <p id="arrange-hint">{known.length > 0 ? more.arrangeHint : more.noFavourites}</p>
        <ol aria-label={more.favourites}>
          {known.map((id, i) => (
            <li key={id} data-room={id} onKeyDown={(event) => press(event, id)}>
              <bdi className="name">{nameOf(id)}</bdi>
              {([-1, 1] as const).map((step) => (
                <Button
                  key={step}
                  look="icon"
                  data-down={step === 1 || undefined}
                  aria-label={step < 0 ? more.moveUp(nameOf(id)) : more.moveDown(nameOf(id))}
                  aria-describedby="arrange-hint"
                  aria-disabled={i + step < 0 || i + step === known.length || undefined}
                  onClick={() => move(id, step)}
                >
                  <Icon name="up" />
                </Button>
              ))}
              <Button
                look="icon"
                aria-label={more.noFavouriteName(nameOf(id))}
                onClick={() =>
                  follow(
                    id,
                    known.filter((one) => one !== id),
                    more.isNoFavourite(nameOf(id)),
                  )
                }
              >
                <Icon name="close" />
              </Button>
            </li>
          ))}
        </ol>
        {others.length > 0 && <h3>{more.otherRooms}</h3>}
        <ul aria-label={more.otherRooms}>
          {others.map(({ id, name }) => (
            <li key={id} data-room={id}>
              <bdi className="name">{name}</bdi>
              <Button
                look="line"
                aria-label={more.makeFavouriteName(name)}
                onClick={() => follow(id, [...known, id], more.isFavourite(name, known.length + 1, known.length + 1))}
              >
                {more.favourite}
              </Button>
            </li>
          ))}
        </ul>
        <p role="status" className="unseen">
          {said}
        </p>
        <Problem>{problem}</Problem>
        <DialogEnd>
          <Button look="ink" onClick={onClose}>
            {more.close}
          </Button>
        </DialogEnd>
      </div>
    </Dialog>
  )
}
