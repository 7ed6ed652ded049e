import { setTimeout as after } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { PASSING } from '../../../protocol/errors.ts'
import type { Answer, Input, Output, Payload, RequestName } from '../../../protocol/index.ts'
import { PROTOCOL_VERSION } from '../../../protocol/limits.ts'
import { Unprovable } from './place.ts'

/** Somebody's connection past the bad network: to come in, to ask what is stored, to clean up. */
export type Line = {
  hello: Payload<'hello'>
  /** Asks until there is an answer, for a minute if nothing else is said. Rejects when it is no, or there is none. */
  ask: <K extends RequestName>(name: K, input: Input<K>, patience?: number) => Promise<Output<K>>
  /** Asks once. Null where there is no answer, or it is no. */
  tryOnce: <K extends RequestName>(name: K, input: Input<K>) => Promise<Output<K> | null>
  close: () => void
}

const TIMEOUT = 5_000
const PATIENCE = 60_000
const PAUSE = 250

export async function openLine(origin: string, cookie: string): Promise<Line> {
  const socket = io(origin, {
    auth: { natter: PROTOCOL_VERSION },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    extraHeaders: { Cookie: cookie, Origin: origin },
  })
  const greeted = new Promise<Payload<'hello'>>((resolve, reject) => {
    socket.once('hello', resolve)
    // "websocket error" may be a server that is just starting again. What Natter itself says is final.
    socket.on('connect_error', (error) => {
      if (socket.active) return
      const tooOld = `speaks a newer protocol than this check, which speaks ${PROTOCOL_VERSION}. Take the one that came with it.`
      const why = error.message === 'too_old' ? tooOld : `refuses the connection: ${error.message}`
      reject(new Unprovable(`${origin} ${why}`))
    })
    const tooLate = () => reject(new Unprovable(`${origin} lets no WebSocket through, or does not greet anybody.`))
    setTimeout(tooLate, TIMEOUT * 3).unref()
  })
  const hello = await greeted.catch((error: unknown) => {
    socket.disconnect()
    throw error
  })
  if (hello.protocol !== PROTOCOL_VERSION) {
    socket.disconnect()
    throw new Unprovable(
      `${origin} speaks protocol ${hello.protocol}, and this check ${PROTOCOL_VERSION}. Take the one that came with it.`,
    )
  }

  const attempt = async <K extends RequestName>(name: K, input: Input<K>): Promise<Answer<Output<K>> | null> => {
    try {
      return (await socket.timeout(TIMEOUT).emitWithAck(name, input)) as Answer<Output<K>>
    } catch {
      return null
    }
  }
  return {
    hello,
    async ask(name, input, patience = PATIENCE) {
      const until = performance.now() + patience
      for (;;) {
        const answer = await attempt(name, input)
        if (answer?.ok) return answer.data
        if (answer && !PASSING.has(answer.error.code)) throw new Error(`${name}: ${answer.error.message}`)
        if (performance.now() > until) throw new Unprovable(`${origin} does not answer any more (${name}).`)
        await after(answer?.error.retryAfter ?? PAUSE)
      }
    },
    async tryOnce(name, input) {
      const answer = socket.connected ? await attempt(name, input) : null
      return answer?.ok ? answer.data : null
    },
    close: () => void socket.disconnect(),
  }
}
