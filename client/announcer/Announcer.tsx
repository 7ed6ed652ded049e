import { useAnnouncements } from './useAnnouncements.ts'

/** The visible list is not live: lists that are get read again and again. This is what a screen reader hears. */
export function Announcer({ roomId }: { roomId: string | null }) {
  const { polite, assertive } = useAnnouncements(roomId)
  return (
    <>
      <div className="unseen" role="log" aria-live="polite">
        {polite.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </div>
      <div className="unseen" aria-live="assertive">
        {assertive}
      </div>
    </>
  )
}
