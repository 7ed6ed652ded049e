import type { Reminder } from '../../protocol/reminders.ts'
import { saidWith } from '../mentions/plain.ts'
import { wanted, withdraw, workerOf } from '../push/browser.ts'
import { noticeOf } from '../push/noticeOf.ts'
import { othersIn, titleOf } from '../rooms/useRooms.ts'
import type { Connection } from '../socket/connect.ts'
import { createWorker } from '../socket/request.ts'
import { openShelf } from '../socket/shelf.ts'
import { more } from '../ui/moreWords.ts'
import { offer } from '../ui/toasts.ts'

/** So much of a message is read in passing. */
const PASSING_TEXT = 60

/** Of which this browser has said that their time has come. */
const TOLD = 'natter.told'

type Parts = Pick<Connection, 'store' | 'request' | 'hear'>

/** All that there are, and who wrote what. */
export async function listReminders({ request, store }: Pick<Parts, 'request' | 'store'>) {
  const answer = await request('reminder:list', {})
  if (answer.ok) store.dispatch({ type: 'people', people: answer.data.people })
  return answer
}

const addressOf = ({ roomId, seq }: Pick<Reminder, 'roomId' | 'seq'>) => `/r/${roomId}/${seq}`
const isSeen = () => document.visibilityState === 'visible'

/**
 * Says of each reminder once that its time has come, as soon as somebody is there, counts those that wait, and ends each when its
 * message is opened, or what was said of it closed. `open` leads to an address. Returns a function that stops it.
 */
export function tellDue({ store, request, hear }: Parts, open: (address: string) => void): () => void {
  const work = createWorker()
  const shelf = openShelf()
  const told = new Set(shelf.get(TOLD)?.split('\n'))
  let due: readonly Reminder[] = []
  let [online, rooms] = [false, 0]

  async function look(): Promise<void> {
    const answer = await listReminders({ request, store })
    if (!answer.ok) return
    due = answer.data.reminders.filter((one) => one.due)
    store.dispatch({ type: 'due', due: due.length })
    arrive()
    say()
  }

  /** Aloud, or as a notification where nobody is looking and no push service tells of it. */
  function say(): void {
    const news = due.filter((one) => !told.has(nameOf(one)))
    const [first] = news
    if (!first) return
    if (!isSeen()) return void Promise.all(news.map(notify)).catch(() => {})
    for (const one of news) told.add(nameOf(one))
    shelf.put(TOLD, due.map(nameOf).join('\n'))
    if (news.length > 1)
      offer({ text: more.manyReminders(news.length), act: more.seeReminders, onAct: () => open('/saved') })
    else {
      const onAct = () => open(addressOf(first))
      offer({ text: inWords(first), act: more.openReminder, onAct, onClose: () => end(first) })
    }
  }

  function inWords(one: Reminder): string {
    const { by, room, text } = partsOf(one)
    const short = text.length > PASSING_TEXT ? `${text.slice(0, PASSING_TEXT)}…` : text
    return more.reminder(by, room, short)
  }

  function partsOf({ roomId, authorId, text }: Reminder) {
    const { rooms, people, me } = store.getState()
    const room = rooms[roomId]?.room
    return {
      by: people[authorId]?.name ?? '',
      room: room ? titleOf(room, othersIn(room, { people, me })) : more.anotherRoom,
      text: saidWith(people, text),
    }
  }

  const notified = new Set<string>()
  async function notify(one: Reminder): Promise<void> {
    const { settings } = store.getState()
    if (wanted() !== 'open' || settings?.busy || notified.has(nameOf(one))) return
    notified.add(nameOf(one))
    const { by, room, text } = partsOf(one)
    const { roomId, seq } = one
    const shown = { type: 'shown', roomId, seq, room, by, forYou: true, count: 1 } as const
    await (await workerOf())?.showNotification(...noticeOf({ ...shown, text: settings?.showsWords ? text : null }))
  }

  /** Whoever is where they wanted to be needs no reminder any more. */
  function arrive(): void {
    const here = due.find((one) => addressOf(one) === location.pathname)
    if (!here || !isSeen()) return
    end(here)
  }

  function end({ roomId, seq }: Reminder): void {
    due = due.filter((one) => one.roomId !== roomId || one.seq !== seq)
    void request('reminder:end', { roomId, seq })
  }

  const lookSoon = () => work('due', look)
  function follow(): void {
    const state = store.getState()
    const [isOnline, count] = [state.link.phase === 'online', Object.keys(state.rooms).length]
    // Of a room that one has left there is nothing to be reminded of.
    if (isOnline && (!online || count !== rooms)) lookSoon()
    online = isOnline
    rooms = count
  }
  function turn(): void {
    arrive()
    say()
  }

  const ends = [
    store.subscribe(follow),
    hear('reminder:changed', ({ roomId, seq, at }) => {
      if (at === null) void withdraw(`${roomId}/${seq}`)
      lookSoon()
    }),
  ]
  // How the address changes: wouter makes events of what the history does.
  const signs = ['pushState', 'replaceState', 'popstate', 'visibilitychange']
  for (const sign of signs) addEventListener(sign, turn)
  follow()
  return () => {
    for (const end of ends) end()
    for (const sign of signs) removeEventListener(sign, turn)
  }
}

const nameOf = ({ roomId, seq, at }: Reminder) => `${roomId} ${seq} ${at}`
