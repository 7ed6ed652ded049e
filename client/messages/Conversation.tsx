import { useState } from 'react'
import { Link } from 'wouter'
import { Details } from '../rooms/Details.tsx'
import { useConnection } from '../socket/useConnection.ts'
import { useTyping } from '../typing/useTyping.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words } from '../ui/words.ts'
import { Composer } from './Composer.tsx'
import { MessageList } from './MessageList.tsx'
import { Strip } from './Strip.tsx'
import { useDraft } from './useDraft.ts'
import { useRoom } from './useRoom.ts'
import './Conversation.css'

export function Conversation({ roomId }: { roomId: string }) {
  const view = useRoom(roomId)
  const connection = useConnection()
  const { others, typed, stopped } = useTyping(roomId)
  const [draft, setDraft] = useDraft(roomId)
  const [sent, setSent] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const [details, setDetails] = useState(false)
  const { room, title } = view

  function send(text: string): boolean {
    const taken = view.send(text)
    setProblem(taken ? null : words.outboxFull)
    if (taken) setSent((n) => n + 1)
    return taken
  }

  return (
    <div className="conversation" data-details={details || undefined}>
      <main aria-labelledby="room-title">
        <header>
          <Link href="/" className="back" aria-label={words.backToRooms}>
            <Icon name="back" />
          </Link>
          <div className="row">
            <div className="title">
              <h1 id="room-title">
                <bdi>{title}</bdi>
              </h1>
              {room?.topic && <span className="topic">{room.topic}</span>}
            </div>
          </div>
          {room?.kind === 'public' && (
            <Button
              look="icon"
              aria-label={words.details}
              title={words.details}
              aria-expanded={details}
              onClick={() => setDetails(!details)}
            >
              <Icon name="people" />
            </Button>
          )}
        </header>
        <MessageList
          view={view}
          roomId={roomId}
          sent={sent}
          onEdit={(row) => {
            view.discard(row.key)
            setDraft(draft ? `${row.body}\n${draft}` : row.body)
          }}
        />
        <Strip connection={connection} typing={others} />
        <Composer
          title={title}
          offline={connection.phase === 'offline'}
          draft={draft}
          setDraft={setDraft}
          onSend={send}
          onTyped={typed}
          onStopped={stopped}
          problem={problem}
        />
      </main>
      {details && room && <Details room={room} onClose={() => setDetails(false)} />}
    </div>
  )
}
