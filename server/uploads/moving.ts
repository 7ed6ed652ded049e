import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Bytes } from './bytes.ts'

type Moving = {
  from: Bytes
  to: Bytes
  /** A folder for the one that is on its way. */
  scratch: string
  tell: (moved: number, all: number) => void
}

/**
 * Moves every file to another place: each is taken away only once it is there whole, so whatever ends it in between, the same again
 * goes on. Resolves to how many there were.
 */
export async function moveFiles({ from, to, scratch, tell }: Moving): Promise<number> {
  const names = await from.names()
  const file = path.join(scratch, '.moving')
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  for (const [i, name] of names.entries()) {
    const [size, source] = [await from.size(name), await from.read(name)]
    if (source) {
      await pipeline(source, createWriteStream(file, { mode: 0o600 }))
      if ((await stat(file)).size !== size) throw new Error(`${name} did not come whole. Do it again to go on.`)
      await to.put(name, file)
      await from.remove(name)
    }
    tell(i + 1, names.length)
  }
  await rm(file, { force: true })
  return names.length
}
