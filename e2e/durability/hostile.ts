import { setTimeout as after } from 'node:timers/promises'
import { requests, type RequestName } from '../../protocol/index.ts'
import { comeIn } from '../support/client.ts'
import type { Chance } from './chance.ts'

/** What somebody sends who means harm, or whose program is broken: frames as Engine.IO reads them. */

/** What stands where something else is expected. */
const values: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e999',
  '9007199254740993',
  '""',
  '"x"',
  '"\\ud800"',
  '"\\u0000"',
  '[]',
  '[[[[]]]]',
  '{}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{}}}',
  '{"_placeholder":true,"num":0}',
  '['.repeat(2_000) + ']'.repeat(2_000),
  `"${'x'.repeat(20_000)}"`,
]

const names = [...Object.keys(requests), 'constructor', '__proto__', 'toString', '']
/** With and without somebody who waits for an answer. */
const callbacks = ['', '7', '4294967296']

const fieldsOf = (name: string): string[] =>
  Object.hasOwn(requests, name)
    ? Object.keys((requests[name as RequestName].input as unknown as { shape: Record<string, unknown> }).shape)
    : []

/** What would be right in these fields; a text in all others. */
function rightIn(roomId: string): (field: string) => string {
  const known = new Map([
    ['roomId', JSON.stringify(roomId)],
    ['personId', JSON.stringify(roomId)],
    ['key', '"00000000-0000-4000-8000-000000000000"'],
    ['seq', '1'],
    ['since', '0'],
    ['typing', 'true'],
  ])
  return (field) => known.get(field) ?? '"hello"'
}

const objectOf = (fields: readonly string[], value: (field: string) => string): string =>
  `{${fields.map((field) => `"${field}":${value(field)}`).join(',')}}`

/** Every request with every wrong input, every wrong value in each of its fields, none, and too many. */
export function* wrongRequests(roomId: string): Generator<string> {
  const good = rightIn(roomId)
  for (const name of names) {
    const fields = fieldsOf(name)
    const inputs = [...values]
    for (const wrong of fields)
      for (const value of values) inputs.push(objectOf(fields, (field) => (field === wrong ? value : good(field))))
    for (const callback of callbacks) {
      yield `42${callback}["${name}"]`
      for (const input of inputs) yield `42${callback}["${name}",${input}]`
      yield `42${callback}["${name}",${inputs.slice(0, 5).join(',')}]`
    }
  }
}

/** A request as chance makes it: well-formed, but for what is in it. */
function anyRequest(roomId: string, { pick, happens }: Chance): string {
  const good = rightIn(roomId)
  const name = pick(names)
  const fields = [...fieldsOf(happens(0.9) ? name : pick(names)), ...(happens(0.1) ? ['more', '__proto__'] : [])]
  const input = happens(0.1) ? pick(values) : objectOf(fields, (field) => (happens(0.6) ? good(field) : pick(values)))
  return `42${pick(callbacks)}["${name}",${input}]`
}

/** A frame that is hardly one any more. Most of these end the connection, as they should. */
function anyFrame(frame: string, chance: Chance): string {
  const { pick, whole, happens } = chance
  const at = whole(0, frame.length)
  const end = Math.min(frame.length, at + whole(0, 20))
  const changed = pick([
    () => frame.slice(0, at) + String.fromCharCode(whole(0, 0xffff)) + frame.slice(at + 1),
    () => frame.slice(0, at) + frame.slice(end),
    () => frame.slice(0, end) + frame.slice(at),
    () => frame.slice(0, at) + pick(values) + frame.slice(at),
    () => pick('0 1 2 3 5 6 40 41 43 44 45 451- 4599999999- 42/x, b'.split(' ')) + frame,
    () => pick(['', '4', '42', '43', '420', '42{', '42[', '42[]', '42[1]', '42[null]', '42["disconnect"]', '2probe']),
  ])()
  return happens(0.3) ? anyFrame(changed, chance) : changed
}

export type Attack = { frames: number; connections: number; closed: number; answers: Record<string, number> }

/** Well-formed frames before one that is not, on each connection. */
const BEFORE = 50
/** Asked last: whoever answers this has got through everything before it. */
const PROBE = '4299["presence:set",{"presence":"here"}]'
const PROBED = '4399['
/** Milliseconds until a connection on which nothing more is said is given up. */
const LONGEST = 500

/**
 * Sends so many hostile frames, from several connections at once: first every wrong request as it is, then what chance makes.
 * Each connection ends with a broken frame. What was sent is waited for, so that no frame goes to a connection that has ended.
 */
export async function attack(
  url: string,
  { frames, chance, atOnce = 8 }: { frames: number; chance: Chance; atOnce?: number },
): Promise<Attack> {
  const cookie = await comeIn(url, `Mallory ${chance.whole(0, 1e9)}`)
  const roomId = await lobbyOf(url, cookie)
  const known = wrongRequests(roomId)
  const attack: Attack = { frames: 0, connections: 0, closed: 0, answers: {} }
  const next = (): string => known.next().value ?? anyRequest(roomId, chance)

  async function fromOne(): Promise<void> {
    while (attack.frames < frames) {
      let heard = () => {}
      const socket = await open(url, cookie, (frame) => {
        if (frame.startsWith(PROBED)) return heard()
        const [, ok, code] = /"ok":(true)|"code":"(\w+)"/.exec(frame) ?? []
        const answer = code ?? (ok && 'ok')
        if (answer && frame.startsWith('43')) attack.answers[answer] = (attack.answers[answer] ?? 0) + 1
      })
      /** Resolves when all of this has been dealt with, one way or the other. */
      const say = (some: string[]) =>
        new Promise<void>((resolve) => {
          heard = resolve
          socket.onclose = () => resolve()
          for (const frame of [...some, PROBE]) socket.send(frame)
        })
      await say(Array.from({ length: BEFORE }, next))
      // Whoever has said that they leave hears nothing more.
      await Promise.race([say([anyFrame(next(), chance)]), after(LONGEST)])
      attack.connections++
      attack.frames += BEFORE + 1
      if (socket.readyState !== WebSocket.OPEN) attack.closed++
      socket.close()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, fromOne))
  return attack
}

/** A connection on which Socket.IO's own handshake is done, and which answers pings. */
async function open(url: string, cookie: string, hear: (frame: string) => void): Promise<WebSocket> {
  const headers = { Cookie: cookie, Origin: url }
  // Node's own WebSocket takes headers, which no browser's does, and which the types do not know.
  const Client = WebSocket as unknown as new (url: string, options: object) => WebSocket
  for (;;) {
    const socket = new Client(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers })
    const connected = await new Promise<boolean>((resolve) => {
      socket.onmessage = ({ data }) => {
        const frame = String(data)
        if (frame.startsWith('0')) socket.send('40{"natter":1}')
        else if (frame === '2') socket.send('3')
        else if (frame.startsWith('40')) resolve(true)
        else hear(frame)
      }
      socket.onclose = () => resolve(false)
      socket.onerror = () => resolve(false)
    })
    if (connected) return socket
    await after(50)
  }
}

async function lobbyOf(url: string, cookie: string): Promise<string> {
  const { promise: hello, resolve } = Promise.withResolvers<string>()
  const socket = await open(url, cookie, (frame) => frame.startsWith('42["hello"') && resolve(frame.slice(2)))
  const [, { rooms }] = JSON.parse(await hello) as [string, { rooms: { room: { id: string } }[] }]
  socket.close()
  return rooms[0]?.room.id ?? ''
}
