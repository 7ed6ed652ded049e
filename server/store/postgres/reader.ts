import { parentPort, workerData } from 'node:worker_threads'
import { Refusal, type RefusalBody } from '../../../protocol/errors.ts'
import { reasonOf } from '../sql/database.ts'
import { openConnection } from './connection.ts'
import type { Line } from './driver.ts'
import { createPostgresReads } from './reads.ts'

/** A thread that reads, one call after the other. */

export type ReaderData = { line: Line }
export type Call = { id: number; group: string; name: string; values: unknown[] }
export type Reply = { id: number } & (
  | { value: unknown }
  | { refusal: RefusalBody }
  | { trouble: string; damaged: boolean }
  | { mistake: string }
)

if (!parentPort) throw new Error('A reader runs in a worker thread.')
const port = parentPort
const { line } = workerData as ReaderData
const database = openConnection(line)
const { isTrouble, isDamage } = database.dialect
/** Made when the first call comes: it asks the database which room is the first. */
let reads: Record<string, object> | undefined

port.on('message', (message: Call | { close: true }) => {
  if ('close' in message) {
    database.close()
    port.close()
  } else void answer(message).then((reply) => port.postMessage(reply))
})

async function answer({ id, group, name, values }: Call): Promise<Reply> {
  try {
    reads ??= createPostgresReads(database)
    const read: unknown = Reflect.get(reads[group] ?? {}, name)
    if (typeof read !== 'function') throw new Error(`There is no ${group}.${name}.`)
    return { id, value: await (read as (...values: unknown[]) => unknown)(...values) }
  } catch (error) {
    if (error instanceof Refusal) return { id, refusal: { code: error.code, message: error.message } }
    if (isTrouble(error)) return { id, trouble: reasonOf(error), damaged: isDamage(error) }
    return { id, mistake: error instanceof Error ? (error.stack ?? String(error)) : String(error) }
  }
}
