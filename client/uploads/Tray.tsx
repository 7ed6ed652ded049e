import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { createPortal } from 'react-dom'
import type { RefusalBody } from '../../protocol/errors.ts'
import { ALT_LENGTH, MESSAGE_FILES } from '../../protocol/limits.ts'
import { useStore } from '../socket/useSocket.ts'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { sizeInWords } from '../ui/fileWords.ts'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import type { OutgoingFile } from './files.ts'
import { isGoing, isPicture, waitingIn, type Item } from './items.ts'
import { PaperIcon } from './PaperIcon.tsx'
import { Preview } from './Preview.tsx'
import { add, again, bringBack, describe, keepDescription, remove, take } from './uploads.ts'
import { useIncoming } from './useIncoming.ts'
import { canRecord } from './useRecording.ts'
import { useUploads } from './useUploads.ts'
import { Voice } from './Voice.tsx'
import css from './Tray.css?inline'

adopt(css)

/** What goes with the next message. */
export type Carried = {
  /** Undefined if there is nothing. */
  files: () => OutgoingFile[] | undefined
  /** A message has them now. */
  taken: (files?: readonly OutgoingFile[]) => void
}

type Props = { roomId: string; draft: string; ref: Ref<Carried>; onCount: (n: number) => void }

/** The files that go with what is being written, above it, and the way to add some. */
export function Tray({ roomId, draft, ref, onCount }: Props) {
  useUploads()
  const me = useStore((state) => state.me)
  const mine = me?.id ?? ''
  const waiting = waitingIn(mine, draft)
  const chooser = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState('')
  const good = waiting.filter(({ state }) => state !== 'refused')
  useEffect(() => onCount(good.length), [good.length, onCount])
  useEffect(() => void (mine && bringBack(mine, draft)), [mine, draft])

  function addAll(files: readonly File[]): void {
    const room = MESSAGE_FILES - waitingIn(mine, draft).length
    setProblem(files.length > room ? more.tooManyFiles(MESSAGE_FILES) : '')
    add(mine, roomId, draft, files.slice(0, Math.max(0, room)))
    focusBox(chooser.current)
  }
  const { main, over } = useIncoming(chooser, addAll)

  useImperativeHandle(ref, () => ({
    files() {
      const going = waitingIn(mine, draft).filter(({ state }) => state !== 'refused')
      if (going.length === 0) return undefined
      return going.map(({ local, name, type, size, alt }) => ({ local, name, type, size, alt: alt.trim() }))
    },
    taken: (files = []) => take(mine, files),
  }))

  function drop(item: Item): void {
    remove(item.local)
    setProblem('')
    focusBox(chooser.current)
  }

  return (
    <>
      {waiting.length > 0 && (
        <ul className="tray" aria-label={more.filesToSend}>
          {waiting.map((item) => (
            <Thumb key={item.local} item={item} onRemove={() => drop(item)} />
          ))}
        </ul>
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <button
        type="button"
        className="add-file"
        aria-label={more.addFile}
        title={more.addFile}
        onClick={() => chooser.current?.click()}
      >
        <Icon name="plus" />
      </button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={more.addFile}
        onChange={({ target }) => {
          addAll([...(target.files ?? [])])
          target.value = ''
        }}
      />
      {canRecord() && <Voice onDone={(file) => addAll([file])} />}
      {over && main && createPortal(<p className="drop-here">{more.dropHere}</p>, main)}
    </>
  )
}

/** The next thing to do is to write. */
const focusBox = (inside: Element | null) => inside?.closest('form')?.querySelector('textarea')?.focus()

function Thumb({ item, onRemove }: { item: Item; onRemove: () => void }) {
  const { local, name, size, offset, alt, state, refusal } = item
  const isShown = isPicture(item) && state !== 'refused'
  return (
    <li className="thumb" data-state={state}>
      <div className="sight">
        {isShown ? <Preview item={item} side={240} /> : <PaperIcon />}
        {isGoing(item) && <Progress item={item} />}
      </div>
      <span className="caption" title={name}>
        {name}
        {state !== 'refused' && (
          <small>
            {state === 'waits'
              ? (refusal?.message ?? more.uploadWaits)
              : state === 'going'
                ? more.uploading(percentOf(offset, size))
                : sizeInWords(size)}
          </small>
        )}
      </span>
      {state === 'refused' && refusal && <Refused refusal={refusal} onAgain={() => again(local)} />}
      {isShown && (
        <input
          type="text"
          className="alt"
          maxLength={ALT_LENGTH}
          aria-label={`${more.describe}: ${name}`}
          placeholder={more.description}
          title={more.describe}
          value={alt}
          onChange={({ target }) => describe(local, target.value)}
          onKeyDown={(event) => {
            // It says what is to be seen, and sends nothing. While an input method is composing, Enter picks a candidate.
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return
            event.preventDefault()
            focusBox(event.currentTarget)
          }}
          onBlur={() => keepDescription(local)}
        />
      )}
      <button
        type="button"
        className="remove"
        aria-label={more.removeName(name)}
        title={more.removeName(name)}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}

/** What is too large stays so. */
function Refused({ refusal: { code, message }, onAgain }: { refusal: RefusalBody; onAgain: () => void }) {
  return (
    <span className="refused">
      <span role="alert">{message}</span>
      {code !== 'invalid' && (
        <Button
          onClick={({ currentTarget }) => {
            // It is gone with what it says.
            focusBox(currentTarget)
            onAgain()
          }}
        >
          {words.tryAgain}
        </Button>
      )}
    </span>
  )
}

/** Of one file on its way, in the server's own bytes: nothing is said once it is there. */
function Progress({ item: { name, offset, size } }: { item: Item }) {
  return <progress max={100} value={percentOf(offset, size)} aria-label={name} />
}

const percentOf = (offset: number, size: number): number => (size === 0 ? 0 : Math.floor((100 * offset) / size))
