import type { RefusalBody } from '../../protocol/errors.ts'
import type { Shelf } from '../socket/shelf.ts'

/** Most messages that wait; then the box keeps the text and says so. Nothing is ever dropped. */
export const MOST_WAITING = 500

/** A message from the moment Enter was pressed until the server has stored it. */
export type Entry = {
  /** Random, made before any network; the message's own name for as long as it exists. */
  key: string
  roomId: string
  body: string
  /** Milliseconds since the Unix epoch, by the server's clock as far as this device knows it: shown, and the order of sending. */
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

/**
 * Where entries survive a reload, a crash and a closed tab: one by one, so that tabs do not quarrel, and by person, so that
 * nothing is ever sent under another name. Two tabs may send the same entry: under one key it is one message.
 */
export function createOutboxShelf(shelf: Shelf) {
  const prefixOf = (personId: string) => `natter.outbox.${personId}.`
  return {
    load: (personId: string): Entry[] =>
      shelf
        .all(prefixOf(personId))
        .flatMap(([, value]) => parse(value) ?? [])
        .sort((a, b) => a.at - b.at),
    save(personId: string, outbox: readonly Entry[], before: readonly Entry[]): void {
      for (const entry of outbox) {
        if (!before.includes(entry)) shelf.put(prefixOf(personId) + entry.key, JSON.stringify(entry))
      }
      for (const { key } of before) {
        if (!outbox.some((entry) => entry.key === key)) shelf.drop(prefixOf(personId) + key)
      }
    },
  }
}

function parse(value: string): Entry | null {
  try {
    const entry: unknown = JSON.parse(value)
    return isEntry(entry) ? entry : null
  } catch {
    return null
  }
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' &&
  value !== null &&
  ['key', 'roomId', 'body', 'at', 'failed'].every((name) => name in value)
