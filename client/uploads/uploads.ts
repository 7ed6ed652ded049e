import { FILE_NAME_LENGTH } from '../../protocol/limits.ts'
import { withDatabase } from '../socket/storage.ts'
import { newKey } from '../messages/newKey.ts'
import { isOutgoing, shortened, type OutgoingFile, type ShownFile } from './files.ts'
import { change, find, own, put, uploads, type Item } from './items.ts'
import { dropFile } from './send.ts'
import { keepInTray, leftInTray, noteKept } from './trays.ts'
import { settle, start, stop } from './uploading.ts'

/** A description is kept so soon after the last key: its file is written anew with it. Milliseconds. */
const DESCRIBED_AFTER = 500
const described = new Map<string, ReturnType<typeof setTimeout>>()

/** Chosen, pasted or dropped: it uploads meanwhile, and stays over a reload where the browser can keep it. */
export function add(personId: string, roomId: string, draft: string, files: readonly File[]): void {
  const added = files.map((bytes) => ({
    personId,
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
  void keepInTray(added, (local) => find(local)?.isSent === false).then(() => {
    // By then it may have begun.
    for (const { local } of added) if (find(local)?.id) void noteKept(local, { id: find(local)?.id ?? null })
  })
}

function enter(
  file: OutgoingFile & Pick<Item, 'personId' | 'roomId' | 'draft' | 'bytes' | 'id'>,
  isSent = false,
): void {
  put([...uploads.all(), { ...file, offset: 0, state: 'going', refusal: null, isSent, isKept: isSent }])
  start(file.local)
}

/** What stood above this box when its page went. */
export async function bringBack(personId: string, draft: string): Promise<void> {
  own(personId)
  for (const { alt = '', ...kept } of await leftInTray(personId, draft)) {
    const { local, name, type, roomId, bytes, id } = kept
    if (!find(local)) enter({ personId, local, name, type, size: bytes.size, alt, roomId, draft, bytes, id })
  }
}

export function describe(local: string, alt: string): void {
  change(local, { alt })
  clearTimeout(described.get(local))
  described.set(
    local,
    setTimeout(() => keepDescription(local), DESCRIBED_AFTER),
  )
}

/** What was written of it is kept with it. */
export function keepDescription(local: string): void {
  clearTimeout(described.get(local))
  described.delete(local)
  void noteKept(local, { alt: find(local)?.alt ?? '' })
}

/** From its beginning: what the server has of it, if anything, will not do. */
export function again(local: string): void {
  const id = find(local)?.id
  if (id) dropFile(id)
  change(local, { state: 'going', refusal: null, id: null, offset: 0 })
  start(local)
}

export function remove(local: string): void {
  const item = find(local)
  put(uploads.all().filter((one) => one.local !== local))
  stop(local)
  if (item?.id) dropFile(item.id)
  void withDatabase((database) => database.dropFile(local)).catch(() => {})
}

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
    settle(file.local)
  }
}

async function keep(personId: string, local: string): Promise<void> {
  const item = find(local)
  if (!item) return
  const { roomId, name, type, bytes, id, alt } = item
  const isKept = await withDatabase(async (database) => {
    await database.putFile({ personId, local, roomId, name, type, bytes, id, alt, at: Date.now() })
    return true
  }).catch(() => false)
  change(local, { isKept })
}

/** One of a message that waited while this page was not there. Resolves to whether it is here now. */
export async function recall(roomId: string, file: OutgoingFile): Promise<boolean> {
  if (find(file.local)) return true
  const kept = await withDatabase((database) => database.fileOf(file.local)).catch(() => undefined)
  if (kept && !find(file.local)) {
    const { personId, bytes, id } = kept
    enter({ ...file, personId, roomId, draft: roomId, bytes, id }, true)
  }
  return find(file.local) !== undefined
}

/** Nobody wants their message any more. */
export function abandon(files: readonly ShownFile[] = []): void {
  const outgoing = files.filter(isOutgoing)
  for (const { local } of outgoing) remove(local)
  forget(outgoing)
}

/** Their message is stored. */
export function forget(files: readonly OutgoingFile[]): void {
  put(uploads.all().filter(({ local }) => !files.some((file) => file.local === local)))
  for (const { local } of files) {
    settle(local)
    void withDatabase((database) => database.dropFile(local)).catch(() => {})
  }
}
