import { PREVIEW_LENGTH } from '../../protocol/limits.ts'
import { reaches } from '../../protocol/mentions.ts'
import type { RoomChanges } from '../../protocol/changes.ts'
import type { Message } from '../../protocol/messages.ts'
import type { MySettings } from '../../protocol/settings.ts'
import { saidWith } from '../mentions/plain.ts'
import type { Connection } from '../socket/connect.ts'
import type { RoomState } from '../rooms/roomState.ts'
import { quietFor, unreadOf } from '../unread/unread.ts'
import { inWords, reachedAt, wanted, withdraw, workerOf } from './browser.ts'
import { gist } from '../uploads/gist.ts'
import { noticeOf } from './noticeOf.ts'
import { words } from '../ui/words.ts'

/** A quick answer spares a notification. Milliseconds; as long as the server waits. */
const HOLD = 5_000
/** What was said longer ago comes because something of it changed, or was put back. Milliseconds; as on the server. */
const RECENT = 10_000

type Parts = Pick<Connection, 'store' | 'request' | 'listen' | 'now'>

/** Tells the server what is being looked at, takes away what is read, and notifies where no push service does. */
export function watchNotices(parts: Parts): void {
  reportLooking(parts)
  withdrawRead(parts)
  notifyHere(parts)
  // A notification leads here, into the tab that is open.
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ open?: unknown }>) => {
    if (typeof data.open === 'string') history.pushState(null, '', data.open)
  })
}

const roomOf = (path: string) => /^\/r\/([^/]+)/.exec(path)?.[1] ?? null
const lookedAt = () =>
  document.visibilityState === 'visible' && document.hasFocus() ? roomOf(location.pathname) : null

function reportLooking({ store, request }: Parts): void {
  let said: string | null = null
  let online = false
  const say = () => {
    const now = lookedAt()
    if (store.getState().link.phase !== 'online' || now === said) return
    said = now
    void request('push:looking', { roomId: now })
  }
  store.subscribe(() => {
    const before = online
    online = store.getState().link.phase === 'online'
    if (before || !online) return
    // A new connection knows nothing yet, and another person may have been reached here before.
    said = null
    say()
    if (wanted() === 'push') void reachedAt().then((at) => at && request('push:subscribe', inWords(at)))
  })
  // How the address changes: wouter makes events of what the history does.
  for (const sign of ['pushState', 'replaceState', 'popstate', 'focus', 'blur']) addEventListener(sign, say)
  document.addEventListener('visibilitychange', say)
}

/** On this device or another. */
function withdrawRead({ store }: Parts): void {
  const positions = new Map<string, number>()
  let before = store.getState().rooms
  store.subscribe(() => {
    const { rooms } = store.getState()
    if (rooms === before) return
    before = rooms
    for (const { room, unread } of Object.values(rooms)) {
      const known = positions.get(room.id)
      positions.set(room.id, unread.readUpTo)
      if (known !== undefined && unread.readUpTo > known) void withdraw(room.id)
    }
  })
}

/** Where no push service reaches this browser, its page does what the server would. */
function notifyHere({ store, listen, now }: Parts): void {
  const isNews = (room: RoomState | undefined, message: Message): room is RoomState => {
    const { seq, authorId, deleted } = message
    const { me, settings, moderation } = store.getState()
    if (settings?.busy || isQuiet(settings?.quiet ?? null)) return false
    if (!room || deleted || quietFor(me, moderation).includes(authorId)) return false
    if (seq <= room.unread.readUpTo || lookedAt() === room.room.id) return false
    const { level, mutedUntil } = room.alerts
    return mutedUntil === null && (level === 'all' || (level === 'forYou' && isForMe(room, message, me?.id)))
  }
  async function tell(message: Message): Promise<void> {
    const { rooms, people, me, moderation } = store.getState()
    const room = rooms[message.roomId]
    if (!isNews(room, message) || wanted() !== 'open') return
    const isDirect = room.room.kind === 'direct'
    const body = words.asked(message.poll, saidWith(people, gist(message))).slice(0, PREVIEW_LENGTH)
    const notice = noticeOf({
      type: 'shown',
      roomId: message.roomId,
      room: isDirect ? null : room.room.name,
      by: people[message.authorId]?.name ?? '',
      forYou: isForMe(room, message, me?.id),
      count: unreadOf(room.unread, room.timeline, quietFor(me, moderation)),
      text: store.getState().settings?.showsWords ? body : null,
    })
    await (await workerOf())?.showNotification(...notice)
  }
  listen(({ changes }: RoomChanges) => {
    if (wanted() !== 'open') return
    for (const change of changes) {
      if (change.type !== 'message:changed') continue
      const { message } = change
      if (message.editedAt !== null || message.sentAt <= now() - RECENT) continue
      setTimeout(() => void tell(message).catch(() => {}), HOLD)
    }
  })
}

const isForMe = ({ room }: RoomState, message: Message, meId = ''): boolean =>
  room.kind === 'direct' || reaches(message, meId)

/** By this device's own clock: it is where somebody is. */
function isQuiet(quiet: MySettings['quiet']): boolean {
  if (!quiet) return false
  const { from, to } = quiet
  const now = new Date()
  const minute = now.getHours() * 60 + now.getMinutes()
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
