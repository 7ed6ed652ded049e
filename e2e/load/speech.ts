import { randomUUID } from 'node:crypto'
import type { Payload } from '../../protocol/index.ts'
import { HEAD, openWire, type Wire } from './wire.ts'

/** Who connects: by which cookie, if any, and in which rooms, by the names that the server knows them by. */
export type Guest = {
  cookie: string
  rooms: readonly string[]
  /** Others hear the same in other packets, as at another node. */
  apart?: boolean
  /** What it remembers of its last visit, so that it is told only what is new. */
  memory?: Hello
}
export type Hello = Pick<Payload<'hello'>, 'logId' | 'peopleRev' | 'presenceAt' | 'rooms'>

const remembered = ({ logId, peopleRev, presenceAt, rooms }: Hello): Hello => ({ logId, peopleRev, presenceAt, rooms })

export type Heard = {
  /** These numbers were said, in this order, by one packet. */
  said: (numbers: readonly number[]) => void
  /** The server answered a request. */
  answered: (id: number, ok: boolean, text: string) => void
  closed: (reason: string) => void
}

export type Voice = {
  say: (number: number, room?: string) => void
  /** A request of Natter's protocol, whose answer comes with this id. */
  ask: (id: number, name: string, input: unknown) => void
  /** What the server said first. */
  hello: Hello | null
  cut: () => void
}

/** How one speaks to a kind of server. Resolves when it has let one in. */
export type Speech = (url: URL, guest: Guest, heard: Heard) => Promise<Voice>

/** What everybody says, each with another number: about as long as a message in a chat is. */
const textOf = (number: number) => `#${number}# The kettle is on, and the big drill is back on its hook.`

/** What is in packets that are the same for all: read once, by whoever gets it first. The others know it by how it begins. */
const known = new Map<string, readonly number[]>()

export function forget(): void {
  known.clear()
}

/** What one room hears, in a packet for somebody in several: those of nobody else are the same, but their parts are. */
const PART = /\{"roomId":"[^"]+","after":\d+,"rev":\d+/g

function numbersIn(text: string): number[] {
  const begins = [...text.matchAll(PART)]
  return begins.flatMap(
    ([head], i) => known.get(head) ?? learn(head, text.slice(begins[i]?.index, begins[i + 1]?.index)),
  )
}

function learn(head: string, text: string): readonly number[] {
  const numbers = Array.from(text.matchAll(/#(\d+)#/g), ([, digits]) => Number(digits))
  known.set(head, numbers)
  return numbers
}

/** How Engine.IO and Socket.IO write what this needs of them, in text: packet types before their content. */
const [PING, PONG, OPEN, CONNECT, REFUSED, EVENT, ANSWER] = ['2', '3', '0', '40', '44', '42', '43']
const SOCKET_IO = '/socket.io/?EIO=4&transport=websocket'

/** Natter tells first up to where this is. */
const PRESENCE = /^42\["presence:changed",\{"presenceAt":"([^"]+)"/

type Dialect = {
  /** Of a connection that was opened. */
  auth: (guest: Guest) => unknown
  /** How the packet begins by which one is let in, if not the one that says that one is connected. */
  welcome: string
  /** How a packet begins that says what somebody has said. */
  news: string
  say: (number: number, room: string | undefined) => string
  /** Whether one packet may tell of several rooms. */
  together?: boolean
}

function overSocketIo({ auth, welcome, news, say, together = false }: Dialect): Speech {
  return (url, guest, heard) =>
    new Promise((resolve, reject) => {
      let open: Wire
      const voice: Voice = {
        say: (number, room) => open.send(say(number, room)),
        ask: (id, name, input) => open.send(`${EVENT}${id}${JSON.stringify([name, input])}`),
        hello: null,
        cut: () => open.cut(),
      }
      const headers: Record<string, string> = guest.cookie ? { Cookie: guest.cookie, Origin: url.origin } : {}
      const keepUp = (head: string) => {
        const told = voice.hello && PRESENCE.exec(head)?.[1]
        if (voice.hello && told) voice.hello.presenceAt = told
        return false
      }
      const inParts = together && (guest.rooms.length > 1 || guest.apart === true)
      openWire(url, SOCKET_IO, headers, {
        opened: (wire) => void (open = wire),
        head(wire, head) {
          if (head === PING) wire.send(PONG)
          else if (head.startsWith(news)) {
            const numbers = inParts ? undefined : known.get(head)
            if (!numbers) return true
            heard.said(numbers)
          } else if (head.startsWith('42["presence:changed"')) return keepUp(head)
          else if (head.startsWith(OPEN)) wire.send(`${CONNECT}${JSON.stringify(auth(guest))}`)
          else return head.startsWith(ANSWER) || head.startsWith(REFUSED) || head.startsWith(welcome)
          return false
        },
        text(_, text) {
          if (text.startsWith(news)) heard.said(inParts ? numbersIn(text) : learn(text.slice(0, HEAD), text))
          else if (text.startsWith(ANSWER)) {
            const from = text.indexOf('[')
            heard.answered(Number(text.slice(ANSWER.length, from)), text.startsWith('[{"ok":true', from), text)
          } else if (text.startsWith(REFUSED)) reject(new Error(text))
          else {
            // Everybody who is here, kept five thousand times, would be gigabytes.
            if (welcome !== CONNECT)
              voice.hello = remembered((JSON.parse(text.slice(EVENT.length)) as [string, Hello])[1])
            resolve(voice)
          }
        },
        closed(reason) {
          reject(new Error(reason))
          heard.closed(reason)
        },
      })
    })
}

const natter = overSocketIo({
  auth: ({ memory: { logId, peopleRev, presenceAt } = {} }) => ({ natter: 1, logId, peopleRev, presenceAt }),
  welcome: '42["hello"',
  news: '42["events"',
  together: true,
  // With an answer, as a page asks for it. Its own number is as good an id as any.
  say: (number, room) =>
    `${EVENT}${number}["message:send",{"roomId":"${room}","key":"${randomUUID()}","body":"${textOf(number)}"}]`,
})

const tutorial = overSocketIo({
  auth: ({ rooms }) => (rooms.length > 1 ? { rooms } : {}),
  welcome: CONNECT,
  news: '42["chat message"',
  say: (number, room) =>
    `${EVENT}${JSON.stringify(['chat message', textOf(number), ...(room === undefined ? [] : [room])])}`,
})

const ws: Speech = (url, _, heard) =>
  new Promise((resolve, reject) => {
    openWire(
      url,
      '/',
      {},
      {
        opened: (wire) =>
          resolve({
            say: (number) => wire.send(textOf(number)),
            ask: () => {
              throw new Error('It answers nothing.')
            },
            hello: null,
            cut: () => wire.cut(),
          }),
        head(_wire, head) {
          heard.said(known.get(head) ?? learn(head, head))
          return false
        },
        text: () => {},
        closed(reason) {
          reject(new Error(reason))
          heard.closed(reason)
        },
      },
    )
  })

export const speeches = { natter, tutorial, ws } satisfies Record<string, Speech>
