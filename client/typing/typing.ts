import { TYPING_MS } from '../../protocol/limits.ts'

/** Whoever is writing, by room and person. Times are milliseconds of `performance.now()`. */
export type Typing = Readonly<Record<string, Readonly<Record<string, { since: number; until: number }>>>>

/** Long enough to be read, so that a pause between two keys does not flicker. Milliseconds. */
const SHOWN_AT_LEAST = 1_500

/** `typing: null` is the message itself: whoever sent it has stopped, at once. No change: only what has expired goes. */
export function reduceTyping(
  all: Typing,
  change: { roomId: string; personId: string; typing: boolean | null } | null,
  now: number,
): Typing {
  if (change) {
    const { roomId, personId, typing } = change
    const { [personId]: before, ...others } = all[roomId] ?? {}
    if (!typing && !before) return all
    if (typing === null) return { ...all, [roomId]: others }
    const since = before?.since ?? now
    const until = typing ? now + TYPING_MS : Math.max(now, since + SHOWN_AT_LEAST)
    return { ...all, [roomId]: { ...others, [personId]: { since, until } } }
  }
  const expired = Object.values(all).some((room) => Object.values(room).some(({ until }) => until <= now))
  if (!expired) return all
  return Object.fromEntries(
    Object.entries(all).map(([roomId, room]) => [
      roomId,
      Object.fromEntries(Object.entries(room).filter(([, { until }]) => until > now)),
    ]),
  )
}
