import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import type { Completion } from '../mentions/Complete.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { useGrowing } from '../ui/useGrowing.ts'
import { words } from '../ui/words.ts'
import { pressed } from '../writing/keys.ts'
import { usePaste } from '../writing/usePaste.ts'
import { Completes } from './Completes.tsx'
import type { StoredRow } from './tools.ts'
import type { EditActions, ShownEdit } from './useEdits.ts'

type Props = { row: StoredRow; edit: ShownEdit; actions: EditActions }

const finePointer = matchMedia('(pointer: fine)')

/** The words of a message while they are changed. */
export function EditField({ row, edit, actions }: Props) {
  const { body } = row
  const { roomId, seq, text, begun } = edit
  const area = useRef<HTMLTextAreaElement>(null)
  const completion = useRef<Completion>(null)
  const [before] = useState(body)
  const [opened] = useState(text)
  const [empty, setEmpty] = useState(false)
  const tooMany = text.length - MESSAGE_LENGTH
  useGrowing(area, text)
  usePaste(area)

  // Whoever has opened it here writes at its end; one that was open before takes the focus from nothing.
  useEffect(() => {
    if (!begun) return
    area.current?.focus()
    area.current?.setSelectionRange(text.length, text.length)
  }, [begun])

  function save(): void {
    // Not what the last frame showed, as in the box.
    const now = area.current?.value ?? text
    if (now.length > MESSAGE_LENGTH) return
    if (!now.trim()) return setEmpty(true)
    actions.save(row, completion.current?.named(now) ?? now)
  }

  function press(event: KeyboardEvent): void {
    // What is around it hears nothing of the keys that are meant for it.
    event.stopPropagation()
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return
    if (completion.current?.press(event)) return
    if (area.current && pressed(event, area.current, finePointer.matches)) return
    if (event.key === 'Escape' && !event.shiftKey) {
      event.preventDefault()
      return actions.leave(seq)
    }
    if (event.key !== 'Enter' || event.shiftKey || !finePointer.matches) return
    event.preventDefault()
    save()
  }

  const problem = tooMany > 0 ? words.tooLong(tooMany) : empty ? more.emptyEdit : edit.problem
  return (
    <>
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        enterKeyHint="enter"
        aria-label={more.editing}
        aria-describedby={`edit-${seq}`}
        value={text}
        onKeyDown={press}
        onChange={({ target }) => {
          setEmpty(false)
          actions.write(seq, target.value)
        }}
      />
      <Completes
        roomId={roomId}
        draft={text}
        quiet={text === opened}
        area={area}
        ref={completion}
        onTake={(next) => actions.write(seq, next)}
      />
      <div className="failure">
        <Problem>{problem}</Problem>
      </div>
      <div role="status" className="failure">
        {body !== before && more.changedMeanwhile}
      </div>
      <div className="failure">
        {finePointer.matches && <span id={`edit-${seq}`}>{more.enterSaves}</span>}
        <Button onClick={save}>{more.save}</Button>
        <Button onClick={() => actions.leave(seq)}>{more.leaveEdit}</Button>
      </div>
    </>
  )
}
