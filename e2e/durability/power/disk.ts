/**
 * What a disk may hold after the power went, computed from what a program asked of it. Pure: no file is touched.
 *
 * Bytes are certain once a sync of their file that began after they were written has returned; names (made, moved, removed)
 * once their folder was synced. Of everything else the disk may have any part, in any order.
 */

/** One thing done below a folder, with the moments at which the call began and returned. Names are relative to that folder. */
export type Step = { at: number; done: number } & (
  | { do: 'create'; name: string }
  | { do: 'mkdir'; name: string }
  | { do: 'write'; name: string; offset: number; bytes: Uint8Array }
  | { do: 'truncate'; name: string; size: number }
  | { do: 'rename'; name: string; to: string }
  | { do: 'unlink'; name: string }
  /** Of a file, or of the names in a folder. The uppermost folder has an empty name. */
  | { do: 'sync'; name: string }
)

type Change = { done: number } & ({ offset: number; bytes: Uint8Array } | { size: number })
type Naming = { done: number; name: string; file: File | Folder | null }
type File = { certain: Content; /** What no sync has covered. */ unsure: Change[] }
type Folder = 'folder'
type Names = Map<string, File | Folder>
export type Disk = {
  /** What programs see. */
  names: Names
  certain: Names
  unsure: Naming[]
}

/** What became of the things that were not certain. */
export type Fate = {
  /** Whether the disk did this one. */
  keeps: () => boolean
  /** Whether of a write some sectors may have reached the disk and others not. */
  tears: boolean
}

/** So many bytes a disk writes as a whole, or not at all. */
const SECTOR = 512

/** The name of the folder that something is in. */
const above = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))

/** The disk at one moment. Calls that had begun and not returned may have taken effect, and make nothing certain. */
export function diskAt(steps: readonly Step[], moment: number): Disk {
  const disk: Disk = { names: new Map(), certain: new Map(), unsure: [] }
  for (const step of steps) {
    if (step.at <= moment) take(disk, step.done <= moment ? step : { ...step, done: Infinity })
  }
  return disk
}

/** The files that are found when the power is back. What is in a folder that has lost its name is lost with it. */
export function filesOf(disk: Disk, { keeps, tears }: Fate): Map<string, Uint8Array> {
  const names: Names = new Map(disk.certain)
  for (const naming of disk.unsure) if (keeps()) setName(names, naming)
  const isReached = (name: string): boolean => {
    const folder = above(name)
    return folder === '' || (names.get(folder) === 'folder' && isReached(folder))
  }
  const contents = new Map<File, Uint8Array>()
  const found = new Map<string, Uint8Array>()
  for (const [name, file] of names) {
    if (file === 'folder' || !isReached(name)) continue
    let bytes = contents.get(file)
    if (!bytes) {
      const content = copyOf(file.certain)
      for (const change of tears ? file.unsure.flatMap(sectorsOf) : file.unsure) if (keeps()) apply(content, change)
      bytes = content.room.subarray(0, content.size)
      contents.set(file, bytes)
    }
    found.set(name, bytes)
  }
  return found
}

function take(disk: Disk, step: Step): void {
  const { names } = disk
  const { name, done } = step
  const known = names.get(name)
  const file = known === 'folder' ? undefined : known
  const call = (other: string, what: File | Folder | null) => {
    disk.unsure.push({ done, name: other, file: what })
    setName(names, { name: other, file: what })
  }
  const mustExist = () => {
    if (!file) throw new Error(`${name} was used before it was made: the record is not whole.`)
    return file
  }
  switch (step.do) {
    case 'create':
      if (!file) call(name, { certain: { room: new Uint8Array(), size: 0 }, unsure: [] })
      break
    case 'mkdir':
      call(name, 'folder')
      break
    case 'write':
    case 'truncate':
      mustExist().unsure.push(step)
      break
    case 'rename':
      call(step.to, mustExist())
      call(name, null)
      break
    case 'unlink':
      call(name, null)
      break
    case 'sync':
      if (done === Infinity) break
      if (name === '' || known === 'folder') syncNames(disk, name, step.at)
      else syncFile(mustExist(), step.at)
  }
}

function syncNames(disk: Disk, folder: string, began: number): void {
  const isCovered = (naming: Naming) => naming.done < began && above(naming.name) === folder
  for (const naming of disk.unsure.filter(isCovered)) setName(disk.certain, naming)
  disk.unsure = disk.unsure.filter((naming) => !isCovered(naming))
}

function syncFile(file: File, began: number): void {
  for (const change of file.unsure) if (change.done < began) apply(file.certain, change)
  file.unsure = file.unsure.filter(({ done }) => done >= began)
}

function setName(names: Names, { name, file }: Pick<Naming, 'name' | 'file'>): void {
  if (file) names.set(name, file)
  else names.delete(name)
}

function sectorsOf(change: Change): Change[] {
  if ('size' in change) return [change]
  const { done, offset, bytes } = change
  const sectors: Change[] = []
  for (let from = 0; from < bytes.length;) {
    const to = from + SECTOR - ((offset + from) % SECTOR)
    sectors.push({ done, offset: offset + from, bytes: bytes.subarray(from, to) })
    from = to
  }
  return sectors
}

/** Bytes with room to grow, changed in place: a file of megabytes is written in thousands of pieces. */
type Content = { room: Uint8Array; size: number }

const copyOf = ({ room, size }: Content): Content => ({ room: room.slice(0, size), size })

function apply(content: Content, change: Change): void {
  const end = 'size' in change ? change.size : Math.max(content.size, change.offset + change.bytes.length)
  if (end > content.room.length) {
    const larger = new Uint8Array(Math.max(end, 2 * content.room.length))
    larger.set(content.room.subarray(0, content.size))
    content.room = larger
  }
  // What a file loses comes back as zeros.
  if (end < content.size) content.room.fill(0, end, content.size)
  content.size = end
  if ('bytes' in change) content.room.set(change.bytes, change.offset)
}
