import type { Connection } from '../../client/socket/connect.ts'
import type { Keys } from './keys.ts'
import type { Ledger } from './ledger.ts'

const PAGE = 100
/** Before a page that was not answered is asked for again. Milliseconds. */
const AGAIN = 200

/** Reads what lies between two messages on the screen, as somebody who scrolls up does, and notes it. */
export function createScroll({ request }: Connection, ledger: Ledger, keys: Keys) {
  let busy = 0

  async function scroll(roomId: string, after: number, before: number): Promise<void> {
    busy++
    for (let at = after; at < before - 1;) {
      const answer = await request('message:list', { roomId, after: at, limit: PAGE })
      const page = answer.ok ? answer.data.messages.filter(({ seq }) => seq < before) : []
      for (const message of page) {
        ledger.show({ number: keys.numberOf(message), seq: message.seq, rev: message.rev }, 'above')
      }
      // There is something up there: whoever is told nothing of it tries again, and finds no rest.
      if (page.length === 0) await new Promise((resolve) => setTimeout(resolve, AGAIN))
      at = page.at(-1)?.seq ?? at
    }
    busy--
  }

  return Object.assign((roomId: string, after: number, before: number) => void scroll(roomId, after, before), {
    busy: () => busy > 0,
  })
}
