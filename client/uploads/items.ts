import type { RefusalBody } from '../../protocol/errors.ts'
import type { OutgoingFile } from './files.ts'

/** One file of this tab, from the moment it was chosen until its message is stored. */
export type Item = OutgoingFile & {
  /** Whose it is; empty as long as the page does not know who is there. */
  personId: string
  roomId: string
  /** With which it is written. */
  draft: string
  bytes: Blob
  /** The server's id, once it has one. */
  id: string | null
  offset: number
  /** `stopped`: its message failed because of it, and may be tried again. */
  state: 'going' | 'waits' | 'done' | 'refused' | 'stopped'
  /** Why it was refused, or what it waits for, if the server says. */
  refusal: RefusalBody | null
  /** It belongs to a message that is being sent. */
  isSent: boolean
  /** It calls itself a picture, and this browser cannot draw it. */
  isPlain?: boolean
  /** It outlives this page. */
  isKept: boolean
}

let items: readonly Item[] = []
const listeners = new Set<() => void>()

/** Not there yet, and nothing says that it never will be. */
export const isGoing = ({ state }: Item): boolean => state === 'going' || state === 'waits'

/** Shown as one before any server has seen it. */
export const isPicture = ({ type, isPlain }: Item): boolean => type.startsWith('image/') && !isPlain

export const find = (local: string) => items.find((item) => item.local === local)

export function put(next: readonly Item[]): void {
  items = next
  for (const listener of listeners) listener()
}

export const change = (local: string, what: Partial<Item>) =>
  put(items.map((item) => (item.local === local ? { ...item, ...what } : item)))

export const uploads = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  all: () => items,
}

/** What goes with the next message that this person writes there: a page may go on as somebody else. */
export const waitingIn = (personId: string, draft: string): Item[] =>
  items.filter((item) => item.draft === draft && item.personId === personId && !item.isSent)

/** Chosen before it was known who does. */
export const own = (personId: string) => put(items.map((item) => (item.personId === '' ? { ...item, personId } : item)))
