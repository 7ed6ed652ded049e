import { useDeferredValue, useImperativeHandle, useRef, useState } from 'react'
import { Picker } from '../emoji/Picker.tsx'
import { SMILE } from '../emoji/smile.ts'
import type { CompleteProps, Completion } from '../mentions/Complete.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { applyEdit } from '../writing/applyEdit.ts'
import { Bar } from '../writing/Bar.tsx'
import { put } from '../writing/edits.ts'
import { pressed } from '../writing/keys.ts'
import { useBar } from '../writing/useBar.ts'
import { usePaste } from '../writing/usePaste.ts'
import { Completes } from './Completes.tsx'
import { Preview } from './Preview.tsx'

const finePointer = matchMedia('(pointer: fine)')

/** What helps with writing: it comes later, and one can write and send without it. */
export function Aids({ roomId, draft, area, ref, onTake }: CompleteProps) {
  const completes = useRef<Completion>(null)
  const [place, setPlace] = useState<DOMRect | null>(null)
  const [preview, setPreview] = useState(false)
  const bar = useBar(area, preview)
  // What is looked at may be a moment behind what is typed.
  const shown = useDeferredValue(draft)
  usePaste(area)
  const named = (text: string) => completes.current?.named(text) ?? text
  useImperativeHandle(ref, () => ({
    press: (event) =>
      completes.current?.press(event) || (area.current !== null && pressed(event, area.current, finePointer.matches)),
    named,
  }))

  /** Where one has written last, in the place of what is selected. */
  function insert(sign: string): void {
    const box = area.current
    if (box) applyEdit(box, put(box.selectionStart, box.selectionEnd, sign))
  }

  return (
    <>
      <Completes roomId={roomId} draft={draft} area={area} ref={completes} onTake={onTake} />
      <Button
        look="icon"
        aria-label={more.emojiPicker}
        title={more.emojiPicker}
        aria-haspopup="dialog"
        aria-expanded={place !== null}
        onClick={({ currentTarget }) => setPlace(currentTarget.getBoundingClientRect())}
      >
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d={SMILE} />
        </svg>
      </Button>
      <Button
        look="icon"
        className="button opens-bar"
        aria-label={more.formatting}
        title={more.formatting}
        aria-expanded={bar.open}
        onClick={bar.toggle}
      >
        Aa
      </Button>
      {bar.shown && (
        <Bar area={area}>
          <Button
            aria-pressed={preview}
            tabIndex={-1}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => setPreview(!preview)}
          >
            {more.preview}
          </Button>
        </Bar>
      )}
      {bar.shown && preview && <Preview draft={shown} named={named} />}
      {place && <Picker place={place} onPick={insert} onClose={() => setPlace(null)} />}
    </>
  )
}
