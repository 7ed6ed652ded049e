import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'

/** Where the bytes of files lie, under names that the server makes: in a folder, or in a store elsewhere. */
export type Bytes = {
  /** Takes in a file of this machine, which is gone from where it was. Resolves once it is whole and durable; twice is once more. */
  put: (name: string, from: string) => Promise<void>
  /** All of it, or from the first byte to the last, both of them included. Null if there is none. */
  read: (name: string, range?: Range) => Promise<Readable | null>
  /** Null if there is none. */
  size: (name: string) => Promise<number | null>
  /** Twice is once. */
  remove: (name: string) => Promise<void>
  /** All of them, or so many at most. */
  names: (most?: number) => Promise<string[]>
  /** Takes away what was being put when the server ended, and belongs to no name. */
  forgetHalves: () => Promise<void>
}

/** Where they are kept may be out of reach: then every one of these rejects with Refusal('storage_unavailable'), and it passes. */
export type KeptBytes = Bytes & {
  /** Rejects so as well, before work is done in vain. */
  mustBeThere: () => Promise<void>
  /** Why they cannot be reached, in words for whoever runs Natter. Null while they can. */
  trouble: () => string | null
  start: () => void
  close: () => void
}

export type Range = { start: number; end: number }

/** Of an id, or of the small picture of one. */
const isName = (name: string): boolean => /^[\w-]{1,40}(?:\.small)?$/.test(name)

/** Those of what is found where they lie. */
export const namesAmong = (found: readonly string[]): string[] => found.filter(isName)

export function checkName(name: string): string {
  if (!isName(name)) throw new Error('No file is called that.')
  return name
}

export const isThere = async (file: string): Promise<number | null> =>
  stat(file).then(
    ({ size }) => size,
    () => null,
  )

function unlessNone(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** In a folder of this machine, which is made when the first file comes. */
export function bytesOnDisk(dir: string): Bytes {
  const fileOf = (name: string): string => path.join(dir, checkName(name))
  return {
    async put(name, from) {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      await flush(from)
      await rename(from, fileOf(name))
      // Windows does not open folders, and keeps names by itself.
      if (process.platform !== 'win32') await flush(dir)
    },
    async read(name, range) {
      const handle = await open(fileOf(name), 'r').catch(unlessNone)
      return handle && createReadStream('', { fd: handle, ...range })
    },
    size: async (name) => isThere(fileOf(name)),
    remove: async (name) => rm(fileOf(name), { force: true }),
    async names(most) {
      // What arrives has a folder of its own in it.
      const found = await readdir(dir, { withFileTypes: true }).catch(() => [])
      return namesAmong(found.filter((one) => one.isFile()).map(({ name }) => name)).slice(0, most)
    },
    // A file that is not whole is not here yet.
    forgetHalves: async () => {},
  }
}

/** On this machine they are always there. */
export const atHand = (bytes: Bytes): KeptBytes => ({
  ...bytes,
  mustBeThere: async () => {},
  trouble: () => null,
  start: () => {},
  close: () => {},
})
