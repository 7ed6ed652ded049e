import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import type { Answer, Input, Output, Payload, RequestName } from '../../protocol/index.ts'
import type { Message, MessagePage } from '../../protocol/messages.ts'

/** Somebody who speaks the protocol without a browser: for load, and for being many. */
export type Client = Awaited<ReturnType<typeof connect>>

/** Takes a name. Returns the cookies by which the server, and what stands before it, know them again. */
export async function comeIn(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}/api/people`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  if (!response.ok) throw new Error(await response.text())
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0])
  return cookies.join('; ')
}

/** Comes in under this name and stands in the default room. */
export const connect = async (url: string, name: string) => connectAs(url, await comeIn(url, name))

/** As whoever has this cookie. */
export async function connectAs(url: string, cookie: string) {
  const socket = io(url, {
    auth: { natter: 1 },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
    extraHeaders: { Cookie: cookie, Origin: url },
  })
  const hello = await new Promise<Payload<'hello'>>((resolve, reject) => {
    socket.once('hello', resolve)
    socket.once('connect_error', reject)
  })
  const roomId = hello.rooms.find(({ room }) => room.isDefault)?.room.id ?? ''

  async function ask<K extends RequestName>(name: K, input: Input<K>): Promise<Output<K>> {
    const answer: Answer<Output<K>> = await socket.timeout(10_000).emitWithAck(name, input)
    if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
    return answer.data
  }
  const say = (body: string, to = roomId) => ask('message:send', { roomId: to, key: randomUUID(), body })

  return {
    socket,
    hello,
    roomId,
    ask,
    say,
    /** Many messages, so many at a time on their way: for a room with a history. */
    async fill(count: number, body: (i: number) => string, to = roomId, atOnce = 500) {
      for (let i = 0; i < count; i += atOnce) {
        await Promise.all(Array.from({ length: Math.min(atOnce, count - i) }, (_, j) => say(body(i + j), to)))
      }
    },
    /** Everything that was ever said in the default room. */
    async history(): Promise<Message[]> {
      const messages: Message[] = []
      for (;;) {
        const page: MessagePage = await ask('message:list', { roomId, after: messages.at(-1)?.seq ?? 0, limit: 100 })
        messages.push(...page.messages)
        if (page.messages.length === 0) return messages
      }
    },
    close: () => void socket.disconnect(),
  }
}

/** What the server has stored, as somebody else reads it. */
export async function stored(url: string): Promise<string[]> {
  const reader = await connect(url, `Reader ${Math.random().toString(36).slice(2, 8)}`)
  const messages = await reader.history()
  reader.close()
  return messages.map(({ body }) => body)
}
