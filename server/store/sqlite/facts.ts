import { stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Facts } from '../store.ts'
import type { Database } from '../sql/database.ts'

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

/** None of it takes longer where there are more messages: rooms know how many were written in them. */
export async function factsOf(database: Database, file: string): Promise<Facts> {
  const [size, log, free] = await Promise.all([sizeOf(file), sizeOf(`${file}-wal`), freeAt(path.dirname(file))])
  const rooms = database.get(`SELECT count(*) AS n, sum(seq) AS messages FROM rooms WHERE kind <> 'deleted'`)
  const people = database.get(`SELECT count(*) AS n FROM people WHERE gone = 0`)
  return {
    people: Number(people?.['n']),
    rooms: Number(rooms?.['n']),
    messages: Number(rooms?.['messages'] ?? 0),
    database: size + log,
    free,
  }
}
