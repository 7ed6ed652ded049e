import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import type { Commanding } from '../commands/Commands.tsx'
import type { Completion } from '../mentions/Complete.tsx'
import { dialog } from '../rooms/dialog.ts'
import { useStore } from '../socket/useSocket.ts'
import type { Carried } from '../uploads/Tray.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Problem } from '../ui/Problem.tsx'
import { useGrowing } from '../ui/useGrowing.ts'
import { words } from '../ui/words.ts'
import { targetOf } from './drafts.ts'
import { sendable, type Along } from './outbox.ts'
import { useDraft } from './useDraft.ts'
import './Composer.css'

const Answering = dialog('Answering')
const Muted = dialog('Muted')
const SendLater = dialog('SendLater')
const Commands = dialog('Commands')
const Aids = dialog('Aids')
const Tray = dialog('Tray')

type Props = {
  roomId: string
  title: string
  /** What is written elsewhere than in the room itself: by which name it is kept, and what its box is called. */
  draftName?: string
  label?: string
  offline: boolean
  /** False when the message cannot be taken; the text then stays. */
  onSend: (text: string, along?: Along) => boolean
  onTyped: () => void
  onStopped: () => void
  /** What stands in the way, if anything. */
  problem: string | null
  /** Until the next message is taken: so long. Seconds; what is written meanwhile stays. */
  wait?: number
  ref?: Ref<HTMLTextAreaElement>
}

/** Something to be done, not said; a blank before it makes it a message. */
const COMMAND = /^\/[a-z]+(?:\s|$)/

const finePointer = matchMedia('(pointer: fine)')

/** Never disabled: what is written without a connection waits. */
export function Composer({
  roomId,
  title,
  draftName = roomId,
  label,
  offline,
  onSend,
  onTyped,
  onStopped,
  problem,
  wait = 0,
  ref,
}: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const tray = useRef<Carried>(null)
  const completion = useRef<Completion>(null)
  const [files, setFiles] = useState(0)
  const commands = useRef<Commanding>(null)
  const [commanded, setCommanded] = useState(false)
  const { draft, current, setDraft } = useDraft(draftName)
  const target = useStore(({ drafts }) => drafts[targetOf(draftName)])
  const name = label ?? words.message(title)
  const forgetful = useStore((state) => state.forgetful)
  const { mutes } = useStore((state) => state.moderation)
  // It stays: what came of the last one is said when the box is empty again.
  if (!commanded && draft.startsWith('/')) setCommanded(true)
  const tooMany = draft.length - MESSAGE_LENGTH
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement)

  function send(): void {
    // Not what the last frame showed: of two quick Enters the second finds an empty box.
    const now = current()
    const text = sendable(now)
    const files = tray.current?.files()
    if (wait > 0 || (!text.trim() && !files) || now.length > MESSAGE_LENGTH) return
    if (COMMAND.test(now)) commands.current?.run(text)
    else if (onSend(named(text), files && { files })) {
      tray.current?.taken(files)
      sent()
    }
  }

  const named = (text: string) => completion.current?.named(text) ?? text

  function sent(): void {
    setDraft('')
    onStopped()
  }

  function press(event: KeyboardEvent): void {
    // While an input method is composing, Enter picks a candidate; it must not send. Safari says so only by 229.
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return
    if (completion.current?.press(event) || commands.current?.press(event)) return
    if (event.key !== 'Enter' || event.shiftKey || !finePointer.matches) return
    event.preventDefault()
    send()
  }

  // A keyboard that pops up on its own hides half of a phone's screen.
  useEffect(() => {
    // Nor is it taken from the message that the room was opened at.
    if (finePointer.matches && !document.activeElement?.closest('[data-key]')) area.current?.focus()
  }, [])

  useGrowing(area, draft)

  useEffect(() => {
    if (label) return
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
      aria-label={label ?? words.writeTo(title)}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="box" data-offline={offline || undefined}>
        <Problem>{tooMany > 0 ? words.tooLong(tooMany) : problem}</Problem>
        {mutes.length > 0 && <Muted roomId={roomId} />}
        {forgetful && (
          <p id="composer-hint" className="hint" role="alert">
            {words.forgetful}
          </p>
        )}
        {target && <Answering roomId={roomId} seq={Number(target)} />}
        {commanded && (
          <Commands
            roomId={roomId}
            draft={draft}
            area={area}
            ref={commands}
            named={named}
            onSend={onSend}
            onTake={setDraft}
            // What is written meanwhile is not what was done.
            onDone={(text) => sendable(current()) === text && sent()}
          />
        )}
        <textarea
          id={label ? undefined : 'composer'}
          ref={area}
          rows={1}
          dir="auto"
          enterKeyHint="send"
          aria-label={name}
          aria-describedby={forgetful ? 'composer-hint' : undefined}
          placeholder={name}
          value={draft}
          onKeyDown={press}
          onChange={({ target }) => {
            setDraft(target.value)
            if (target.value.trim()) onTyped()
            else onStopped()
          }}
        />
        {/* Behind the box, so that Shift Tab leads from it to the messages. */}
        <Tray roomId={roomId} draft={draftName} ref={tray} onCount={setFiles} />
        <Aids roomId={roomId} draft={draft} area={area} ref={completion} onTake={setDraft} />
        {/* What is sent later answers nothing. */}
        {draft.trim() && !target && !label && (
          <SendLater roomId={roomId} text={() => named(sendable(current()))} files={files} onTaken={sent} />
        )}
        <button
          type="submit"
          className="send"
          aria-label={words.send}
          title={words.send}
          aria-describedby={wait > 0 ? 'slow-mode' : undefined}
          aria-disabled={!(draft.trim() || files) || wait > 0 || undefined}
        >
          {wait > 0 ? wait : <Icon name="up" />}
        </button>
      </div>
    </form>
  )
}
