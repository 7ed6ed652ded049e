import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { later } from '../ui/later.tsx'
import { more } from '../ui/moreWords.ts'
import style from './JumpButton.css?inline'
import { Magnifier } from './Magnifier.tsx'

adopt(style)

const JumpDialog = later(async () => (await import('./JumpDialog.tsx')).JumpDialog)

/** Opens Jump, as Ctrl K does from anywhere. */
export function JumpButton() {
  const [open, setOpen] = useState(false)
  // The next thing that somebody opens is there before they do.
  useEffect(() => JumpDialog.fetch(), [])
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const { key, ctrlKey, metaKey, shiftKey, altKey, isComposing } = event
      // On a Mac the other key deletes to the end of the line.
      const isHeld = /Mac|iP/.test(navigator.platform) ? metaKey && !ctrlKey : ctrlKey && !metaKey
      if (key.toLowerCase() !== 'k' || !isHeld || shiftKey || altKey || isComposing) return
      event.preventDefault()
      // What is behind a dialog stays as it is.
      if (!document.querySelector('dialog[open]')) setOpen(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <Button aria-keyshortcuts="Control+K Meta+K" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Magnifier /> {more.jump} <kbd aria-hidden="true">{more.jumpKeys}</kbd>
      </Button>
      {/* Not in the list of rooms: on a phone that is away while one reads. */}
      {open && createPortal(<JumpDialog onClose={() => setOpen(false)} />, document.body)}
    </>
  )
}
