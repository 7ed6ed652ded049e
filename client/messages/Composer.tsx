import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type KeyboardEvent, type Ref } from 'react'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { useStore } from '../socket/useSocket.ts'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../ui/words.ts'
import { sendable } from './outbox.ts'
import { useDraft } from './useDraft.ts'
import './Composer.css'

type Props = {
  roomId: string
  title: string
  offline: boolean
  /** False when the message cannot be taken; the text then stays. */
  onSend: (text: string) => boolean
  onTyped: () => void
  onStopped: () => void
  /** What stands in the way, if anything. */
  problem: string | null
  ref?: Ref<HTMLTextAreaElement>
}

const finePointer = matchMedia('(pointer: fine)')

/** Never disabled: what is written without a connection waits. */
export function Composer({ roomId, title, offline, onSend, onTyped, onStopped, problem, ref }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const { draft, current, setDraft } = useDraft(roomId)
  const forgetful = useStore((state) => state.forgetful)
  const tooMany = draft.length - MESSAGE_LENGTH
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement)

  function send(): void {
    // Not what the last frame showed: of two quick Enters the second finds an empty box.
    const now = current()
    const text = sendable(now)
    if (!text.trim() || now.length > MESSAGE_LENGTH || !onSend(text)) return
    setDraft('')
    onStopped()
  }

  function press(event: KeyboardEvent): void {
    // While an input method is composing, Enter picks a candidate; it must not send. Safari says so only by 229.
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return
    if (event.key !== 'Enter' || event.shiftKey || !finePointer.matches) return
    event.preventDefault()
    send()
  }

  // A keyboard that pops up on its own hides half of a phone's screen.
  useEffect(() => {
    if (finePointer.matches) area.current?.focus()
  }, [])

  // For browsers that do not grow a field with its content by themselves.
  useLayoutEffect(() => {
    if (!area.current || CSS.supports?.('field-sizing', 'content')) return
    area.current.style.blockSize = 'auto'
    area.current.style.blockSize = `${area.current.scrollHeight}px`
  }, [draft])

  useEffect(() => {
    function type(event: globalThis.KeyboardEvent): void {
      const busy = document.activeElement?.closest('input, textarea, button, a, summary, dialog, [data-key]')
      if (busy || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return
      area.current?.focus()
    }
    addEventListener('keydown', type)
    return () => removeEventListener('keydown', type)
  }, [])

  return (
    <form
      className="composer row"
      aria-label={words.writeTo(title)}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="box" data-offline={offline || undefined}>
        {(problem || tooMany > 0) && (
          <p className="problem" role="alert">
            {tooMany > 0 ? words.tooLong(tooMany) : problem}
          </p>
        )}
        {forgetful && <p className="hint">{words.forgetful}</p>}
        <textarea
          id="composer"
          ref={area}
          rows={1}
          dir="auto"
          enterKeyHint="send"
          aria-label={words.message(title)}
          placeholder={words.message(title)}
          value={draft}
          onKeyDown={press}
          onChange={({ target }) => {
            setDraft(target.value)
            if (target.value.trim()) onTyped()
            else onStopped()
          }}
        />
        <button
          type="submit"
          className="send"
          aria-label={words.send}
          title={words.send}
          aria-disabled={!draft.trim() || undefined}
        >
          <Icon name="up" />
        </button>
      </div>
    </form>
  )
}
