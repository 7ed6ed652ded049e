import { stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Facts } from '../store.ts'
import type { Database } from '../sql/database.ts'
import { countAll } from '../sql/facts.ts'

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )
const freeAt = (dir: string) =>
  statfs(dir).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )

export async function factsOf(database: Database, file: string): Promise<Facts> {
  const [size, log, free] = await Promise.all([sizeOf(file), sizeOf(`${file}-wal`), freeAt(path.dirname(file))])
  return { ...countAll(database), database: size + log, free }
}
