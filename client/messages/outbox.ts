import type { RefusalBody } from '../../protocol/errors.ts'
import { newKey } from './newKey.ts'

/** Most messages that wait; then the box keeps the text and says so. Nothing is ever dropped. */
export const MOST_WAITING = 500

/** A message from the moment Enter was pressed until the server has stored it. */
export type Entry = {
  /** Random, made before any network; the message's own name for as long as it exists. */
  key: string
  roomId: string
  body: string
  /** Milliseconds since the Unix epoch, by the server's clock as far as this device knows it. Only shown. */
  at: number
  /** Only for good: a permanent refusal, in its words. Passing trouble waits. */
  failed: RefusalBody | null
}

/**
 * What can be sent of a text: without half characters and without control characters, which nobody sees and which would
 * travel as six bytes each, until a packet of them is too large for the server to take, now and at every further try.
 */
export const sendable = (text: string): string => text.toWellFormed().replace(/[^\P{Cc}\n\t]/gu, '')

export const nextToSend = (outbox: readonly Entry[]): Entry | undefined => outbox.find(({ failed }) => failed === null)

/** Where a tab's entries survive a reload: by person, so that nothing is ever sent under another name. */
export function createOutboxShelf(storage: Storage, tab: Storage) {
  const tabId = tab.getItem('natter.tab') ?? newKey()
  const keyOf = (personId: string) => `natter.outbox.${personId}.${tabId}`
  tab.setItem('natter.tab', tabId)
  return {
    load(personId: string): Entry[] {
      try {
        const entries: unknown = JSON.parse(storage.getItem(keyOf(personId)) ?? '[]')
        return Array.isArray(entries) ? entries.filter(isEntry) : []
      } catch {
        return []
      }
    },
    save(personId: string, outbox: readonly Entry[]): void {
      if (outbox.length === 0) storage.removeItem(keyOf(personId))
      else storage.setItem(keyOf(personId), JSON.stringify(outbox))
    },
  }
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && 'key' in value && 'roomId' in value && 'body' in value
