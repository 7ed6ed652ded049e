import { useEffect, useRef, useState } from 'react'
import { adopt } from './adopt.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { more } from './moreWords.ts'
import { dismiss, useToast, type Toast } from './toasts.ts'
import css from './Toasts.css?inline'

adopt(css)

/** So long something can be taken back; not counting while somebody is at it. Milliseconds. */
const SHOWN = 8_000

/** Where what can be taken back is offered. It is there before there is anything to say: else it would not be read aloud. */
export function Toasts() {
  const toast = useToast()
  return <div role="status">{toast && <Offer key={toast.id} {...toast} />}</div>
}

function Offer({ text, act, onAct, onClose }: Toast) {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const held = pointed || focused
  const left = useRef(SHOWN)
  const before = useRef<EventTarget | null>(null)
  useEffect(() => {
    if (held) return
    const since = performance.now()
    const timer = setTimeout(dismiss, left.current)
    return () => {
      clearTimeout(timer)
      left.current -= performance.now() - since
    }
  }, [held])

  function end(): void {
    if (before.current instanceof HTMLElement) before.current.focus()
    dismiss()
  }

  function close(): void {
    end()
    onClose?.()
  }

  return (
    <div
      className="toast"
      role="group"
      aria-label={text}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={({ relatedTarget }) => {
        before.current = relatedTarget
        setFocused(true)
      }}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      {text}
      <Button
        onClick={() => {
          end()
          onAct()
        }}
      >
        {act}
      </Button>
      {act !== more.close && (
        <Button look="icon" aria-label={more.close} title={more.close} onClick={close}>
          <Icon name="close" />
        </Button>
      )}
    </div>
  )
}
