import type { Push } from '../../protocol/push.ts'
import { noticeWords } from '../ui/noticeWords.ts'

export type Shown = Extract<Push, { type: 'shown' }>

/** The test that somebody sends to their own browser is of no room. */
export const TEST = 'test'

/** The notification of a room, as the browser's `showNotification` takes it. It replaces the one before, without a sound. */
export function noticeOf({
  roomId,
  seq,
  room,
  by,
  forYou,
  count,
  text,
}: Shown): [title: string, options: NotificationOptions] {
  const body = roomId === TEST ? noticeWords.test : bodyOf()
  const name = seq === undefined ? roomId : `${roomId}/${seq}`
  const url = roomId === TEST ? '/' : `/r/${name}`
  return [room ?? by, { body, tag: name, icon: '/icon-192.png', silent: true, data: { url } }]

  function bodyOf(): string {
    if (seq !== undefined) return noticeWords.reminder(by, text)
    if (text !== null) return room === null ? text : noticeWords.said(by, text)
    if (room === null) return noticeWords.direct(count)
    return forYou ? noticeWords.forYou(by, count) : noticeWords.room(by, count)
  }
}
