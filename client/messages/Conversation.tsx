import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useConnection } from '../socket/useConnection.ts'
import { useTyping } from '../typing/useTyping.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { dialog } from '../rooms/dialog.ts'
import { words } from '../ui/words.ts'
import { Markdown } from './Body.tsx'
import { Composer } from './Composer.tsx'
import { MessageList } from './MessageList.tsx'
import type { Along } from './outbox.ts'
import type { MessageRow } from './rows.ts'
import { Strip } from './Strip.tsx'
import { useAddToDraft } from './useDraft.ts'
import { useRoom } from './useRoom.ts'
import './Conversation.css'

const Beside = dialog('Beside')
const ReadOnly = dialog('ReadOnly')
const SlowMode = dialog('SlowMode')

/** `at`: the message that the address names. */
export function Conversation({ roomId, at = null }: { roomId: string; at?: number | null }) {
  'use memo'
  const view = useRoom(roomId, at)
  const connection = useConnection()
  const { others, typed, stopped } = useTyping(roomId)
  const addToDraft = useAddToDraft(roomId)
  const [sent, setSent] = useState(0)
  const [wait, setWait] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const [details, setDetails] = useState<'topic' | 'people' | null>(null)
  const toEnd = useRef<() => void>(null)
  const beside = useRef<() => boolean>(null)
  const composer = useRef<HTMLTextAreaElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => Markdown.fetch(), [])
  const { room, title, other, discard, slowMode } = view
  const label = other ? words.aboutRoom : words.details

  function send(text: string, along?: Along): boolean {
    const full = view.send(text, along)
    setProblem(full && words.outboxFull[full])
    if (!full) setSent((n) => n + 1)
    return !full
  }

  function edit({ key, body }: MessageRow): void {
    addToDraft(body)
    discard(key)
    composer.current?.focus()
  }

  function closeDetails(): void {
    setDetails(null)
    opener.current?.focus()
  }

  /** Everything here is read, the newest is in sight, the next thing to do is to write. */
  function escape(): void {
    if (beside.current?.()) return
    view.readAll()
    toEnd.current?.()
    composer.current?.focus()
  }

  return (
    <div className="conversation">
      <main
        aria-labelledby="room-title"
        onKeyDown={(event) => {
          // A dialog above it closes first.
          const isAbove = event.target instanceof Element && event.target.closest('dialog')
          if (event.key === 'Escape' && !event.shiftKey && !event.nativeEvent.isComposing && !isAbove) escape()
        }}
      >
        <header>
          <Link href="/" className="back" aria-label={words.backToRooms}>
            <Icon name="back" />
          </Link>
          <div className="row">
            <div className="title">
              <h1 id="room-title">
                <bdi>{title}</bdi>
              </h1>
              {room?.topic && (
                <span className="topic" title={room.topic}>
                  {room.topic}
                </span>
              )}
            </div>
          </div>
          {other && (
            <Button look="icon" aria-label={words.about} title={words.about} data-person={other.id}>
              <Icon name="people" />
            </Button>
          )}
          {room && (
            <Button
              ref={opener}
              look="icon"
              aria-label={label}
              title={label}
              aria-expanded={details !== null}
              onClick={() => setDetails(details ? null : 'people')}
            >
              <Icon name={other ? 'gear' : 'people'} />
            </Button>
          )}
        </header>
        <MessageList
          ref={toEnd}
          view={view}
          roomId={roomId}
          at={at}
          sent={sent}
          onEdit={edit}
          onTopic={() => setDetails('topic')}
        />
        <Strip
          connection={connection}
          typing={others}
          hint={slowMode > 0 && <SlowMode roomId={roomId} seconds={slowMode} onWait={setWait} />}
        />
        {view.readOnly && room ? (
          <ReadOnly archived={room.archived} />
        ) : (
          <Composer
            ref={composer}
            roomId={roomId}
            title={title}
            offline={connection.phase === 'offline'}
            onSend={send}
            onTyped={typed}
            onStopped={stopped}
            problem={problem}
            wait={slowMode && wait}
          />
        )}
      </main>
      <Beside
        ref={beside}
        roomId={roomId}
        room={room}
        membersRev={view.membersRev}
        begin={details}
        onClose={closeDetails}
      />
    </div>
  )
}
