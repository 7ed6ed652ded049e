import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { createSender, type Sender } from './sender.ts'

/** What is about to be told to those who are not looking. Passing: who restarts the server within seconds of a message costs its notification, never the message. */
export type Pushing = Sender & {
  /** By room: position of the first message that nobody was told of yet, and when they will be. */
  pending: Map<string, { from: number; timer: NodeJS.Timeout }>
  close: () => void
}

export function createPushing(parts: { store: Store; config: Config; log: Log }): Pushing {
  const pending: Pushing['pending'] = new Map()
  return {
    ...createSender(parts),
    pending,
    close() {
      for (const { timer } of pending.values()) clearTimeout(timer)
      pending.clear()
    },
  }
}
