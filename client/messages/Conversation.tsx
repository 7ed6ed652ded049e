import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useConnection } from '../socket/useConnection.ts'
import { useTyping } from '../typing/useTyping.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { later } from '../ui/later.tsx'
import { words } from '../ui/words.ts'
import { Composer } from './Composer.tsx'
import { MessageList } from './MessageList.tsx'
import type { MessageRow } from './rows.ts'
import { Strip } from './Strip.tsx'
import { useAddToDraft } from './useDraft.ts'
import { useRoom } from './useRoom.ts'
import './Conversation.css'

const Details = later(async () => (await import('../rooms/dialogs.ts')).Details)

export function Conversation({ roomId }: { roomId: string }) {
  'use memo'
  const view = useRoom(roomId)
  const connection = useConnection()
  const { others, typed, stopped } = useTyping(roomId)
  const addToDraft = useAddToDraft(roomId)
  const [sent, setSent] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const [details, setDetails] = useState<'topic' | 'people' | null>(null)
  const toEnd = useRef<() => void>(null)
  const composer = useRef<HTMLTextAreaElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => Details.fetch(), [])
  const { room, title, discard } = view

  function send(text: string): boolean {
    const full = view.send(text)
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
    if (details) return closeDetails()
    view.readAll()
    toEnd.current?.()
    composer.current?.focus()
  }

  return (
    <div className="conversation" data-details={details ?? undefined}>
      <main
        aria-labelledby="room-title"
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) escape()
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
          {room?.kind === 'public' && (
            <Button
              ref={opener}
              look="icon"
              aria-label={words.details}
              title={words.details}
              aria-expanded={details !== null}
              onClick={() => setDetails(details ? null : 'people')}
            >
              <Icon name="people" />
            </Button>
          )}
        </header>
        <MessageList
          ref={toEnd}
          view={view}
          roomId={roomId}
          sent={sent}
          onEdit={edit}
          onTopic={() => setDetails('topic')}
        />
        <Strip connection={connection} typing={others} />
        <Composer
          ref={composer}
          roomId={roomId}
          title={title}
          offline={connection.phase === 'offline'}
          onSend={send}
          onTyped={typed}
          onStopped={stopped}
          problem={problem}
        />
      </main>
      {details && room && <Details room={room} membersRev={view.membersRev} begin={details} onClose={closeDetails} />}
    </div>
  )
}
