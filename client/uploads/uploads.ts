import type { RefusalBody } from '../../protocol/errors.ts'
import { FILE_NAME_LENGTH } from '../../protocol/limits.ts'
import { withDatabase } from '../socket/storage.ts'
import { newKey } from '../messages/newKey.ts'
import { more } from '../ui/moreWords.ts'
import { isOutgoing, shortened, type OutgoingFile, type ShownFile } from './files.ts'
import { dropFile, NotTaken, sendFile } from './send.ts'
import { keepInTray, leftInTray, noteKept } from './trays.ts'

/** One file of this tab, from the moment it was chosen until its message is stored. */
export type Item = OutgoingFile & {
  roomId: string
  /** With which it is written. */
  draft: string
  bytes: Blob
  /** The server's id, once it has one. */
  id: string | null
  offset: number
  /** `stopped`: its message failed because of it, and may be tried again. */
  state: 'going' | 'waits' | 'done' | 'refused' | 'stopped'
  refusal: RefusalBody | null
  /** It belongs to a message that is being sent. */
  isSent: boolean
  /** It outlives this page. */
  isKept: boolean
}

/** At the same time. */
const AT_ONCE = 2
/** Before what did not get through is tried again. Milliseconds. */
const AGAIN = [1_000, 3_000, 10_000]

let items: readonly Item[] = []
const listeners = new Set<() => void>()
const settled = new Map<string, () => void>()
let running = 0
const queue: string[] = []
const retries = new Map<string, number>()

/** Not there yet, and nothing says that it never will be. */
export const isGoing = ({ state }: Item): boolean => state === 'going' || state === 'waits'

export const find = (local: string) => items.find((item) => item.local === local)

function put(next: readonly Item[]): void {
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

function next(): void {
  while (running < AT_ONCE) {
    const local = queue.shift()
    if (local === undefined) return
    running++
    void send(local).finally(() => {
      running--
      next()
    })
  }
}

function start(local: string): void {
  clearTimeout(retries.get(local))
  if (!queue.includes(local)) queue.push(local)
  next()
}

async function send(local: string, attempt = 0): Promise<void> {
  const item = find(local)
  if (!item || !isGoing(item)) return
  change(local, { state: 'going' })
  try {
    const { id } = await sendFile({
      ...item,
      onBegun: (begun) => {
        change(local, { id: begun })
        void noteKept(local, { id: begun })
      },
      onProgress: (offset) => change(local, { offset }),
      isWanted: () => find(local) !== undefined,
    })
    change(local, { id, offset: item.size, state: 'done' })
    // It was taken back meanwhile.
    if (!find(local)) dropFile(id)
  } catch (error) {
    if (error instanceof NotTaken) change(local, { state: 'refused', refusal: error.refusal })
    else if (!(await canBeRead(item.bytes)))
      change(local, { state: 'refused', refusal: { code: 'invalid', message: more.cannotBeRead } })
    else {
      change(local, { state: 'waits' })
      const wait = AGAIN[Math.min(attempt, AGAIN.length - 1)]
      retries.set(
        local,
        window.setTimeout(() => void send(local, attempt + 1), wait),
      )
      return
    }
  }
  settled.get(local)?.()
}

/** A folder that was dropped, and a file that was changed or taken away since it was chosen, cannot. */
const canBeRead = (bytes: Blob): Promise<boolean> =>
  bytes
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )

addEventListener('online', () => {
  for (const { local, state } of items) if (state === 'waits') start(local)
})

/** Chosen, pasted or dropped: it uploads meanwhile, and stays over a reload where the browser can keep it. */
export function add(personId: string, roomId: string, draft: string, files: readonly File[]): void {
  const added = files.map((bytes) => ({
    local: newKey(),
    name: shortened(bytes.name, FILE_NAME_LENGTH),
    type: bytes.type,
    size: bytes.size,
    alt: '',
    roomId,
    draft,
    bytes,
    id: null,
  }))
  for (const file of added) enter(file)
  void keepInTray(
    added.map((file) => ({ ...file, personId })),
    (local) => find(local)?.isSent === false,
  ).then(() => {
    // By then it may have begun.
    for (const { local } of added) if (find(local)?.id) void noteKept(local, { id: find(local)?.id ?? null })
  })
}

function enter(file: OutgoingFile & Pick<Item, 'roomId' | 'draft' | 'bytes' | 'id'>, isSent = false): void {
  put([...items, { ...file, offset: 0, state: 'going', refusal: null, isSent, isKept: isSent }])
  start(file.local)
}

/** What stood above this box when its page went. */
export async function bringBack(personId: string, draft: string): Promise<void> {
  for (const { alt = '', ...kept } of await leftInTray(personId, draft)) {
    const { local, name, type, roomId, bytes, id } = kept
    if (!find(local)) enter({ local, name, type, size: bytes.size, alt, roomId, draft, bytes, id })
  }
}

export function describe(local: string, alt: string): void {
  change(local, { alt })
}

/** What was written of it is kept with it. */
export const keepDescription = (local: string) => void noteKept(local, { alt: find(local)?.alt ?? '' })

export function again(local: string): void {
  change(local, { state: 'going', refusal: null, id: null, offset: 0 })
  start(local)
}

export function remove(local: string): void {
  const item = find(local)
  put(items.filter((one) => one.local !== local))
  clearTimeout(retries.get(local))
  if (item?.id) dropFile(item.id)
  void withDatabase((database) => database.dropFile(local)).catch(() => {})
}

/** What goes with the next message that is written there. */
export const waitingIn = (draft: string): Item[] => items.filter((item) => item.draft === draft && !item.isSent)

/** A message takes them along: kept in this browser until it is stored, as far as it keeps anything. */
export function take(personId: string, files: readonly OutgoingFile[]): void {
  for (const { local } of files) {
    change(local, { isSent: true })
    void keep(personId, local)
  }
}

/** The message is written anew: its files stand above the box again, as far as they are in this browser. */
export async function putBack(roomId: string, draft: string, files: readonly ShownFile[] = []): Promise<void> {
  for (const file of files.filter(isOutgoing)) {
    await recall(roomId, file)
    change(file.local, { draft, isSent: false })
    void noteKept(file.local, { draft })
    if (find(file.local)?.state === 'stopped') again(file.local)
    settled.get(file.local)?.()
  }
}

async function keep(personId: string, local: string): Promise<void> {
  const item = find(local)
  if (!item) return
  const { roomId, name, type, bytes, id } = item
  const isKept = await withDatabase(async (database) => {
    await database.putFile({ personId, local, roomId, name, type, bytes, id, at: Date.now() })
    return true
  }).catch(() => false)
  change(local, { isKept })
}

/** One of a message that waited while this page was not there. Resolves to whether it is here now. */
export async function recall(roomId: string, file: OutgoingFile): Promise<boolean> {
  if (find(file.local)) return true
  const kept = await withDatabase((database) => database.fileOf(file.local)).catch(() => undefined)
  if (kept && !find(file.local)) enter({ ...file, roomId, draft: roomId, bytes: kept.bytes, id: kept.id }, true)
  return find(file.local) !== undefined
}

/** Resolves when one of them is there, or never will be. */
export const somethingHappens = (files: readonly OutgoingFile[]): Promise<void> =>
  new Promise((resolve) => {
    for (const { local } of files) settled.set(local, resolve)
    const all = files.map(({ local }) => find(local)?.state)
    if (all.every((state) => state === 'done') || all.includes('refused')) resolve()
  })

/** Nobody wants their message any more. */
export function abandon(files: readonly ShownFile[] = []): void {
  const outgoing = files.filter(isOutgoing)
  for (const { local } of outgoing) remove(local)
  forget(outgoing)
}

/** Their message is stored. */
export function forget(files: readonly OutgoingFile[]): void {
  put(items.filter(({ local }) => !files.some((file) => file.local === local)))
  for (const { local } of files) {
    settled.get(local)?.()
    settled.delete(local)
    void withDatabase((database) => database.dropFile(local)).catch(() => {})
  }
}
